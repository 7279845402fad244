import { ReloadOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useState } from "react";
import type { CasePage, WaitingCase } from "../../gen/wire";
import { Busy } from "../../parts/Busy";
import { FourQuestions } from "../../parts/FourQuestions";
import { namesOf } from "../../parts/findings";
import { PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { VerdictBanner } from "../../parts/VerdictBanner";
import { Data, FilePath } from "../../parts/values";
import { useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { BasisLine } from "../verify/BasisLine";
import { About } from "../verify/Result";
import { VerifiedTabs } from "../verify/VerifiedTabs";
import { CaseActions } from "./CaseActions";
import { CaseWork } from "./CaseWork";
import { PrintDocuments } from "./Documents";
import { Progress } from "./Progress";
import { Proposed } from "./Proposed";
import "./cases.css";

/** One case: where it stands, the verdict now, and everything that happened. */
export function CasePageView({ id, signed, noticed }: { id: string; signed?: string; noticed?: string }) {
  const { t } = useText();
  const asked = useAsk("cases.get", { id });
  if (asked.error)
    return (
      <div className="page">
        <PageHeader title={t("case")} />
        <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />
      </div>
    );
  if (!asked.data)
    return (
      <div className="page">
        <PageHeader title={t("case")} />
        <Busy />
      </div>
    );
  return <Shown page={asked.data} signed={signed ?? null} noticed={noticed ?? null} />;
}

interface Props {
  page: CasePage;
  /** Where the decision was written just now. */
  signed: string | null;
  /** Where the notice of what has to be added was written just now. */
  noticed: string | null;
}

function Shown({ page, signed, noticed }: Props) {
  const { t, say } = useText();
  const { status } = useSession();
  const { replace } = useRoute();
  const { line, verified } = page;
  const rejudge = useAct("cases.rejudge");
  const again = () => rejudge.mutate({ id: line.id });
  const join = useAct("cases.join");
  const joinTo = ({ id }: WaitingCase) =>
    join.mutate(
      { id, newer: line.id, hands: { operator: status.settings.operator, reviewer: null } },
      { onSuccess: () => replace(["case"], { page: "case", id }) },
    );
  const [printing, setPrinting] = useState(false);
  // What was decided on stays as it was.
  const open = line.state !== "decided" && line.state !== "closed";
  useShortcut("F5", "verify-again", again, open);
  useShortcut("Ctrl+P", "documents-print", () => setPrinting(true));
  return (
    <article className="page" aria-busy={rejudge.isPending}>
      <PageHeader
        title={<Data>{line.number}</Data>}
        lead={
          <>
            <Data>{line.firm_name}</Data> · {line.scenario ? t(`scenario-${line.scenario}`) : "—"} ·{" "}
            <Data>{line.route}</Data>
          </>
        }
        primary={<CaseActions page={page} />}
        extra={
          open && (
            <Button icon={<ReloadOutlined aria-hidden />} loading={rejudge.isPending} onClick={again}>
              {t("verify-again")}
            </Button>
          )
        }
      />
      {signed !== null && <Written title={t("decide-signed")} path={signed} next={t("decide-signed-next")} />}
      {noticed !== null && (
        <Written title={t("supplement-noticed")} path={noticed} next={t("supplement-noticed-next")} />
      )}
      {rejudge.error && <RefusalAlert refusal={rejudge.error.refusal} />}
      {join.error && <RefusalAlert refusal={join.error.refusal} />}
      <Proposed waiting={verified.waiting} action="join" busy={join.isPending} onChoose={joinTo} />
      <Progress page={page} />
      {page.moved_since && (
        <Alert type="warning" showIcon title={t("case-moved-since")} description={say(page.moved_since)} />
      )}
      <VerdictBanner verdict={line.verdict} about={<About verified={verified} />} level={2} smaller />
      <FourQuestions report={verified.report} nameOf={namesOf(verified, say)} />
      <BasisLine report={verified.report} />
      <VerifiedTabs
        verified={verified}
        from={{ dossier: null, case_id: line.id, draft_id: null }}
        first={{ key: "work", label: t("tab-work"), children: <CaseWork page={page} /> }}
      />
      {printing && <PrintDocuments page={page} onClose={() => setPrinting(false)} />}
    </article>
  );
}

/** A document that was written just now: where it is, and what to do with it. */
function Written({ title, path, next }: { title: string; path: string; next: string }) {
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={title}
      description={
        <>
          <p>
            <FilePath path={path} />
          </p>
          {next}
        </>
      }
    />
  );
}
