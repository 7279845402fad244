import { Input, Modal } from "antd";
import { useId, useState } from "react";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { NewPassphrase, useNewPassphrase } from "./NewPassphrase";

/** Another passphrase for the same database. The recovery key stays as it is. */
export function ChangePassphrase({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useText();
  const { status } = useSession();
  const id = useId();
  const [present, setPresent] = useState("");
  const next = useNewPassphrase();
  const act = useAct("session.change_passphrase");
  const ready = present !== "" && next.chosen !== null;
  const change = () => {
    if (!ready || next.chosen === null || act.isPending) return;
    act.mutate(
      { present, next: next.chosen },
      {
        onSuccess: () => {
          onDone();
          onClose();
        },
        onError: () => setPresent(""),
      },
    );
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", change);
  return (
    <Modal
      open
      title={t("session-change-passphrase")}
      okText={t("session-change")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: !ready, htmlType: "submit", form: `${id}-form` }}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      <form
        id={`${id}-form`}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change();
        }}
      >
        <p>{t("session-change-hint")}</p>
        {status.remembered.on && <p>{t("session-change-remembered")}</p>}
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        <Field label={t("session-present")} id={id} required>
          <Input.Password
            id={id}
            autoFocus
            autoComplete="off"
            value={present}
            onChange={({ target }) => setPresent(target.value)}
          />
        </Field>
        <NewPassphrase {...next} />
      </form>
    </Modal>
  );
}
