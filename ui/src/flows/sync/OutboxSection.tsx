import { InboxOutlined } from "@ant-design/icons";
import { Button, Input, Modal } from "antd";
import { useId, useState } from "react";
import type { OutboxLine, OutboxState } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { needed, useFlaws } from "../../parts/needed";
import { EmptyState, Field, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import type { Tone } from "../../parts/theme";
import { Data, Instant } from "../../parts/values";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import { MessageTable } from "./MessageTable";
import { Why } from "./Why";

const TONE: Record<OutboxState, Tone> = {
  waiting: "pending",
  sending: "info",
  sent: "pass",
  refused: "warning",
  resent: "none",
  parked: "warning",
  discarded: "none",
};

/** Nothing is to be done about these. */
const OVER: OutboxState[] = ["sent", "resent", "discarded"];

/** 发件箱: every message with its state, why, and what can be done about it. */
export function OutboxSection() {
  const { t } = useText();
  const asked = useAsk("sync.outbox", {});
  const retry = useAct("sync.retry");
  const [leaving, setLeaving] = useState<OutboxLine | null>(null);
  const messages = asked.data?.messages;
  return (
    <Section title={t("sync-outbox")}>
      <div className="stack">
        {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
        {retry.error && <RefusalAlert refusal={retry.error.refusal} />}
        {messages?.length === 0 && (
          <EmptyState
            icon={<InboxOutlined aria-hidden />}
            title={t("sync-outbox-none")}
            hint={t("sync-outbox-none-hint")}
          />
        )}
        {messages && messages.length > 0 && (
          <MessageTable name={t("sync-outbox")} whom={t("sync-to")} when={t("sync-at")}>
            {messages.map((line) => (
              <Row
                key={line.id}
                line={line}
                busy={retry.isPending && retry.variables.id === line.id}
                onRetry={() => retry.mutate({ id: line.id })}
                onLeave={() => setLeaving(line)}
              />
            ))}
          </MessageTable>
        )}
      </div>
      {leaving && <Discard line={leaving} onClose={() => setLeaving(null)} />}
    </Section>
  );
}

interface RowProps {
  line: OutboxLine;
  busy: boolean;
  onRetry: () => void;
  onLeave: () => void;
}

function Row({ line, busy, onRetry, onLeave }: RowProps) {
  const { t } = useText();
  const whom = line.to_name ?? line.to;
  const over = OVER.includes(line.state);
  // Whoever hears one button after the other hears which message it is about.
  const about = { kind: t(`sync-kind-${line.kind}`), whom };
  // The hub has the first one, and would take it for the same: it goes under another id.
  const resend = line.state === "refused" ? t("sync-resend") : null;
  const named = resend
    ? t("sync-send-about", { name: resend, about: `${whom} · ${about.kind}` })
    : t("sync-retry-one", about);
  return (
    <tr>
      <td>{t(`sync-kind-${line.kind}`)}</td>
      <td>
        <Data>{whom}</Data>
      </td>
      <td>
        <Mark tone={TONE[line.state]}>{t(`sync-outbox-${line.state}`)}</Mark>
        {line.why && <Why why={line.why} />}
        {line.reason && (
          <p className="quiet">
            {t("sync-reason")} · <Data>{line.reason}</Data>
          </p>
        )}
        {!over && line.next && (
          <p className="quiet">
            {t("sync-next-try")} <Instant at={line.next} />
          </p>
        )}
      </td>
      <td>
        <Instant at={line.sent ?? line.created} />
      </td>
      <td>
        {!over && (
          <span className="row nowrap">
            <Button size="small" loading={busy} aria-label={named} onClick={onRetry}>
              {resend ?? t("sync-retry")}
            </Button>
            <Button size="small" type="text" aria-label={t("sync-discard-one", about)} onClick={onLeave}>
              {t("sync-discard")}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}

/** 放弃…, with the reason; the message stays in the list. */
function Discard({ line, onClose }: { line: OutboxLine; onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  const act = useAct("sync.discard");
  const [reason, setReason] = useState("");
  const flaws = useFlaws({ [id]: needed(reason, t("sync-reason-needed")) });
  const leave = () => {
    if (!act.isPending && flaws.sound()) act.mutate({ id: line.id, reason }, { onSuccess: onClose });
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", leave);
  return (
    <Modal
      open
      title={t("sync-discard-title", {
        kind: t(`sync-kind-${line.kind}`),
        whom: line.to_name ?? line.to,
      })}
      okText={t("sync-discard-do")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true }}
      confirmLoading={act.isPending}
      onOk={leave}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("sync-discard-means")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        <Field label={t("sync-reason")} id={id} required error={flaws.told(id).error}>
          <Input.TextArea
            id={id}
            autoFocus
            rows={2}
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            {...flaws.told(id).own}
          />
        </Field>
      </div>
    </Modal>
  );
}
