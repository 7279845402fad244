import { useEffect } from "react";
import type { DraftLine, HeldLine, RequestLine } from "../../gen/wire";
import { PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useRoute } from "../../route";
import { useAsk } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { Due, Notices, Open, Work } from "./lists";
import { NextStep } from "./NextStep";
import { isAwaited, isDue, isOpen, nextOf } from "./next";
import "./home.css";

/** 首页. A firm sees what is due; an incubator's day begins at the verification. */
export function HomePage() {
  const { status } = useSession();
  return status.profile?.role === "incubator" ? <ToVerification /> : <Firm />;
}

function ToVerification() {
  const { begin } = useRoute();
  useEffect(() => begin({ page: "verify", path: null }), [begin]);
  return null;
}

const NO_HELD: HeldLine[] = [];
const NO_REQUESTS: RequestLine[] = [];
const NO_DRAFTS: DraftLine[] = [];

function Firm() {
  const { t } = useText();
  const { status } = useSession();
  const held = useAsk("hold.list", { text: "" });
  const requests = useAsk("request.list", {});
  const drafts = useAsk("draft.list", {});
  const asked = [held, requests, drafts];
  const failed = asked.find(({ error }) => error);
  const credentials = held.data?.credentials ?? NO_HELD;
  const came = requests.data?.requests ?? NO_REQUESTS;
  const dossiers = drafts.data?.drafts ?? NO_DRAFTS;
  const whole = asked.every(({ data }) => data);
  return (
    <div className="page home">
      <PageHeader title={t("home-menu")} lead={status.profile && <Data>{status.profile.name}</Data>} />
      {failed?.error && <RefusalAlert refusal={failed.error.refusal} again={() => void failed.refetch()} />}
      {whole && <NextStep next={nextOf(status, credentials, came, dossiers)} />}
      <div className="home-lists">
        {held.data && (
          <Due
            held={credentials
              .filter(isDue)
              .sort((one, two) => Number(two.moved !== null) - Number(one.moved !== null))}
            drafts={dossiers
              .filter(isAwaited)
              .sort((one, two) => (one.days_left ?? 0) - (two.days_left ?? 0))}
            total={credentials.length}
          />
        )}
        {requests.data && <Open requests={came.filter(isOpen)} />}
        {drafts.data && <Work drafts={dossiers.slice(0, 6)} />}
        <Notices />
      </div>
    </div>
  );
}
