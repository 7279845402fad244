import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import type { SentDocument, SyncState } from "../../gen/wire";
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
 * 通过枢纽发送, beside the export of what was signed. Without a hub there is neither button nor note; the file can be
 * handed over all the same.
 */
export function useSend(document: SentDocument): {
  /**
   * Puts them into the outbox; `again` where they were put there before. `about` tells buttons of one list apart for
   * who hears them.
   */
  button: (ids: string[], again?: boolean, about?: string) => ReactNode;
  note: ReactNode;
} {
  const { t } = useText();
  const { data } = useSync();
  const act = useAct("sync.send");
  if (!data?.hub) return { button: () => null, note: null };
  return {
    button: (ids, again = false, about) => {
      const name = t(again ? "sync-send-again" : ids.length > 1 ? "sync-send-all" : "sync-send", {
        count: ids.length,
      });
      return (
        <Button
          disabled={ids.length === 0}
          loading={act.isPending && act.variables.ids[0] === ids[0]}
          onClick={() => act.mutate({ document, ids, again })}
          {...(about ? { "aria-label": t("sync-send-about", { name, about }) } : {})}
        >
          {name}
        </Button>
      );
    },
    note: (
      <>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {act.data && act.data.queued > 0 && (
          <Alert
            type="success"
            showIcon
            role="status"
            title={t("sync-queued")}
            description={t(QUEUED[act.data.state] ?? "sync-queued-means")}
          />
        )}
        {act.data && act.data.before > 0 && (
          <Alert
            type="info"
            showIcon
            role="status"
            title={t("sync-sent-before", { count: act.data.before })}
            description={t("sync-sent-before-means")}
            action={
              act.data.queued === 0 && (
                <Button size="small" onClick={() => act.mutate({ ...act.variables, again: true })}>
                  {t("sync-send-again")}
                </Button>
              )
            }
          />
        )}
      </>
    ),
  };
}

/** Whether something was put into the outbox before. */
export const sentBefore = (timeline: { kind: string }[]): boolean =>
  timeline.some(({ kind }) => kind === "queued");
