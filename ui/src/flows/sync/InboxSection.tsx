import { Button } from "antd";
import type { InboxLine } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant } from "../../parts/values";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import { MessageTable } from "./MessageTable";
import { Why } from "./Why";

/** 收到但未处理: what came and was not taken in, with the reason. What was taken in is where it belongs. */
export function InboxSection() {
  const { t } = useText();
  const asked = useAsk("sync.inbox", {});
  const retry = useAct("sync.inbox_retry");
  const messages = asked.data?.messages;
  return (
    <Section title={t("sync-inbox")}>
      <div className="stack">
        {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
        {retry.error && <RefusalAlert refusal={retry.error.refusal} />}
        {messages?.length === 0 && <p className="quiet">{t("sync-inbox-none")}</p>}
        {messages && messages.length > 0 && (
          <MessageTable name={t("sync-inbox")} whom={t("sync-from")} when={t("sync-received")}>
            {messages.map((line) => (
              <Row
                key={line.id}
                line={line}
                busy={retry.isPending && retry.variables.id === line.id}
                onRetry={() => retry.mutate({ id: line.id })}
              />
            ))}
          </MessageTable>
        )}
      </div>
    </Section>
  );
}

function Row({ line, busy, onRetry }: { line: InboxLine; busy: boolean; onRetry: () => void }) {
  const { t } = useText();
  const kind = t(line.kind ? `sync-kind-${line.kind}` : "sync-kind-unknown");
  const whom = line.from_name ?? line.from;
  return (
    <tr>
      <td>{kind}</td>
      <td>
        <Data>{whom}</Data>
      </td>
      <td>
        <Mark tone={line.parked ? "warning" : "pending"}>
          {t(line.parked ? "sync-inbox-parked" : "sync-inbox-waits")}
        </Mark>
        {line.why && <Why why={line.why} />}
      </td>
      <td>
        <Instant at={line.received} />
      </td>
      <td>
        {line.parked && (
          <Button
            size="small"
            loading={busy}
            aria-label={t("sync-inbox-retry-one", { kind, whom })}
            onClick={onRetry}
          >
            {t("sync-inbox-retry")}
          </Button>
        )}
      </td>
    </tr>
  );
}
