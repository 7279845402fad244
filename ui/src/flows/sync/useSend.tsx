import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import type { CaseEvent, SentDocument, SyncState } from "../../gen/wire";
import { RefusalAlert } from "../../parts/refusal";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { useSync } from "./useSync";

/** Where a message does not go out at once. */
const QUEUED: Partial<Record<SyncState, string>> = {
  offline: "sync-queued-offline",
  passphrase: "sync-queued-passphrase",
};

/**
 * 通过枢纽发送, beside the export of a signed document. Without a hub there is neither button nor note; the file can
 * be handed over all the same.
 */
export function useSend(
  document: SentDocument,
  id: string,
  timeline: CaseEvent[],
): { button: ReactNode; note: ReactNode } {
  const { t } = useText();
  const { data } = useSync();
  const act = useAct("sync.send");
  if (!data?.hub) return { button: null, note: null };
  const before = timeline.some(({ kind }) => kind === "queued");
  return {
    button: (
      <Button loading={act.isPending} onClick={() => act.mutate({ document, id })}>
        {t(before ? "sync-send-again" : "sync-send")}
      </Button>
    ),
    note: (
      <>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {act.data && (
          <Alert
            type="success"
            showIcon
            role="status"
            title={t("sync-queued")}
            description={t(QUEUED[act.data.state] ?? "sync-queued-means")}
          />
        )}
      </>
    ),
  };
}
