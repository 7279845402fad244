import { Alert, Button } from "antd";
import { useState } from "react";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { UsccField } from "../register/UsccField";

/** 吊销名单: sent to somebody who rests on it, before it is published with trust data. */
export function ListsSection() {
  const { t } = useText();
  const [to, setTo] = useState("");
  const send = useAct("sync.send_lists");
  // What became of it for one recipient says nothing of the next.
  const name = (code: string) => {
    setTo(code);
    send.reset();
  };
  return (
    <Section title={t("sync-lists")}>
      <div className="stack">
        <p className="quiet">{t("sync-lists-hint")}</p>
        {send.error && <RefusalAlert refusal={send.error.refusal} />}
        <UsccField value={to} onChange={name} />
        <div className="row">
          <Button disabled={to.trim() === ""} loading={send.isPending} onClick={() => send.mutate({ to })}>
            {t("sync-lists-send")}
          </Button>
        </div>
        {send.data && (
          <Alert
            type={send.data.queued > 0 ? "success" : "info"}
            showIcon
            role="status"
            title={
              send.data.queued > 0 ? t("sync-queued") : t("sync-sent-before", { count: send.data.before })
            }
          />
        )}
      </div>
    </Section>
  );
}
