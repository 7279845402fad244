import { Alert, Button } from "antd";
import { useState } from "react";
import type { IssuedLine } from "../gen/wire";
import { useAsk } from "../rpc";
import { useText } from "../text";
import { RecoverIssued } from "./RecoverIssued";
import { RefusalAlert } from "./refusal";
import { SettleLists } from "./SettleLists";

/** By which everything that waits for this refuses. */
const CODE = "STATUS-RESTORED";

/** Whether a credential is in a status list that was not settled since the database came from a backup. */
export function useUnsettled(): (line: IssuedLine) => boolean {
  const { data } = useAsk("issue.after_restore", {});
  const lists = data?.lists ?? [];
  return ({ status_list }) => lists.some(({ uri }) => uri === status_list);
}

/**
 * What is open since the database came from a backup: credentials that it may not know, and status lists that wait
 * until they were settled.
 */
export function AfterRestore() {
  const { t } = useText();
  const asked = useAsk("issue.after_restore", {});
  const [doing, setDoing] = useState<"settle" | "recover" | null>(null);
  const open = asked.data;
  if (asked.error) return <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />;
  return (
    <>
      {open?.unknown && (
        <Alert
          type="warning"
          showIcon
          title={t("restored-unknown")}
          description={t("restored-unknown-means")}
          action={<Button onClick={() => setDoing("recover")}>{t("restored-recover")}</Button>}
        />
      )}
      {open && open.lists.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("restored-lists", { count: open.lists.length })}
          description={
            <>
              <p>{t("restored-lists-means")}</p>
              <code>{CODE}</code>
            </>
          }
          action={<Button onClick={() => setDoing("settle")}>{t("restored-settle")}</Button>}
        />
      )}
      {doing === "settle" && open && <SettleLists open={open} onClose={() => setDoing(null)} />}
      {doing === "recover" && open && <RecoverIssued open={open} onClose={() => setDoing(null)} />}
    </>
  );
}

/** Another file may turn up when everything was said to be here: whoever restored once can enter it again later on. */
export function RecoverLater() {
  const { t } = useText();
  const open = useAsk("issue.after_restore", {}).data;
  const [recovering, setRecovering] = useState(false);
  if (!open?.at || open.unknown) return null;
  return (
    <>
      <Button onClick={() => setRecovering(true)}>{t("restored-recover")}</Button>
      {recovering && <RecoverIssued open={open} onClose={() => setRecovering(false)} />}
    </>
  );
}
