import { Alert, Input, Modal } from "antd";
import { useId, useState } from "react";
import type { BackupLine, Drilled } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/** 恢复演练: opens a backup beside the database and shows what is in it; nothing is replaced. */
export function TryBackup({ backup, onClose }: { backup: BackupLine; onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  const [secret, setSecret] = useState("");
  const act = useAct("upkeep.drill");
  const begin = () => {
    if (secret !== "" && !act.isPending)
      act.mutate({ path: backup.path, secret }, { onSettled: () => setSecret("") });
  };
  return (
    <Modal
      open
      title={t("upkeep-try-title")}
      okText={t("upkeep-try")}
      cancelText={t(act.data ? "close" : "cancel")}
      okButtonProps={{ disabled: secret === "", htmlType: "submit", form: `${id}-form` }}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      <form
        id={`${id}-form`}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <p>{t("upkeep-try-hint")}</p>
        <p className="quiet">
          <Instant at={backup.at} /> · <Data>{backup.path}</Data>
        </p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {act.data && <Found drilled={act.data} />}
        <Field label={t("gate-secret")} id={id} required help={t("upkeep-secret-hint")}>
          <Input.Password
            id={id}
            autoFocus
            autoComplete="off"
            value={secret}
            onChange={({ target }) => setSecret(target.value)}
          />
        </Field>
      </form>
    </Modal>
  );
}

function Found({ drilled }: { drilled: Drilled }) {
  const { t, say } = useText();
  return (
    <Alert
      type={drilled.log_whole ? "success" : "warning"}
      showIcon
      role="status"
      title={t("upkeep-tried")}
      description={
        <>
          <ul>
            {drilled.contents.map((line) => (
              <li key={line.zh}>{say(line)}</li>
            ))}
          </ul>
          <Mark tone={drilled.log_whole ? "pass" : "fail"}>
            {t(drilled.log_whole ? "upkeep-log-whole" : "upkeep-log-broken")}
          </Mark>
        </>
      }
    />
  );
}
