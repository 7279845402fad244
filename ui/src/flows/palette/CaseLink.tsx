import { useEffect, useRef } from "react";
import { Busy } from "../../parts/Busy";
import { CaseFound } from "../../parts/CaseFound";
import { RefusalAlert } from "../../parts/refusal";
import { useRoute } from "../../route";
import { useAsk } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { EVERYTHING } from "../cases/filter";

/** Cases whose numbers begin like this one come before it at most so many times. */
const LOOKED_THROUGH = 50;

/** A link from outside names a case: it is opened once somebody said so here, and after unlocking. */
export function CaseLink({ number, onDecided }: { number: string; onDecided: () => void }) {
  const { t } = useText();
  const { database } = useSession().status;
  const { route, go } = useRoute();
  const led = useRef<string | null>(null);
  const shut = database === "locked";
  useEffect(() => {
    if (!shut || led.current === number) return;
    led.current = number;
    if (route.page !== "unlock") go({ page: "unlock" });
  }, [shut, number, route, go]);
  const wanted = { ...EVERYTHING, text: number, after: null, limit: LOOKED_THROUGH };
  const found = useAsk("cases.list", database === "open" ? wanted : null);
  if (shut) return null;
  const line = found.data?.cases.find((line) => line.number === number);
  return (
    <CaseFound
      title={t("link-title")}
      found={line}
      told={<p>{t("link-asks", { number })}</p>}
      onDecided={onDecided}
    >
      {found.error && <RefusalAlert refusal={found.error.refusal} again={() => void found.refetch()} />}
      {found.isLoading && <Busy />}
      {!line && !found.error && !found.isLoading && <p role="status">{t("link-unknown", { number })}</p>}
    </CaseFound>
  );
}
