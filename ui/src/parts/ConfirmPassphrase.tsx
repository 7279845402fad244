import { Input, Modal } from "antd";
import { type ReactNode, useId, useRef, useState } from "react";
import { type Refused, refusalOf } from "../host/types";
import { useText } from "../text";
import { Field, Scroll } from "./page";
import { RefusalAlert } from "./refusal";
import { useShortcut } from "./shortcuts";

interface Props {
  open: boolean;
  /** What is about to be done, by its name. */
  title: string;
  /** What it means, and that it cannot be taken back. */
  children: ReactNode;
  /** The words on the button. */
  action: string;
  danger?: boolean;
  /** Whether what is shown above the passphrase needs room. */
  wide?: boolean;
  /** Whether what is asked for above the passphrase was given. */
  ready?: boolean;
  /** The id of the field that is typed in first, where something is asked for above the passphrase. */
  first?: string;
  onConfirm(passphrase: string): Promise<unknown>;
  onClose(): void;
}

/** The last step before something is signed: what it is, then the passphrase. Both leave with the dialog. */
export function ConfirmPassphrase(props: Props) {
  return props.open ? <Dialog {...props} /> : null;
}

function Dialog(props: Props) {
  const { title, children, action, danger = false, wide = false, ready = true, first } = props;
  const { onConfirm, onClose } = props;
  const { t } = useText();
  const id = useId();
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  // Enter in the field and Ctrl+Enter are one key press: what is signed is signed once.
  const running = useRef(false);
  const confirm = async () => {
    if (passphrase === "" || !ready || running.current) return;
    running.current = true;
    setBusy(true);
    setRefused(null);
    try {
      await onConfirm(passphrase);
      onClose();
    } catch (thrown) {
      setRefused(thrown as Refused);
      setPassphrase("");
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", () => void confirm());
  return (
    <Modal
      open
      centered
      {...(wide ? { width: 760 } : {})}
      title={title}
      okText={action}
      cancelText={t("cancel")}
      // What is under way is stopped where its progress is told, not by looking away.
      closable={!busy}
      keyboard={!busy}
      cancelButtonProps={{ disabled: busy }}
      okButtonProps={{ danger, disabled: passphrase === "" || !ready }}
      confirmLoading={busy}
      onOk={() => void confirm()}
      onCancel={onClose}
      // The dialog takes the focus as it opens; what is typed first must not land elsewhere.
      afterOpenChange={(shown) => shown && document.getElementById(first ?? id)?.focus()}
      mask={{ closable: false }}
    >
      <form className="confirm" onSubmit={(event) => event.preventDefault()}>
        {/* However much is shown, the passphrase and the buttons stay in the window. */}
        <Scroll name={title} className="confirm-what">
          {children}
        </Scroll>
        {refused && <RefusalAlert refusal={refusalOf(refused)} />}
        <Field label={t("passphrase")} id={id} required help={t("passphrase-forgotten")}>
          <Input.Password
            id={id}
            autoFocus={first === undefined}
            autoComplete="off"
            value={passphrase}
            onChange={({ target }) => setPassphrase(target.value)}
            onPressEnter={() => void confirm()}
          />
        </Field>
      </form>
    </Modal>
  );
}
