import { Input, Modal } from "antd";
import { type ReactNode, useId, useState } from "react";
import type { Refused } from "../../host/types";
import { begun } from "../../parts/names";
import { needed, useFlaws } from "../../parts/needed";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useText } from "../../text";

interface Props {
  title: string;
  /** What it means. */
  children: ReactNode;
  action: string;
  danger?: boolean;
  /** What the field is called; 理由 if nothing else is said. */
  label?: string;
  busy: boolean;
  error: Refused | null;
  onConfirm(words: string): void;
  onClose(): void;
}

/** A step that a person gives words for. */
export function Reasoned({ title, children, action, danger = false, label, busy, error, ...on }: Props) {
  const { t } = useText();
  const id = useId();
  const [words, setWords] = useState("");
  const flaws = useFlaws({ [id]: needed(words, t("voucher-words-needed")) });
  const confirm = () => {
    if (!busy && flaws.sound()) on.onConfirm(words.trim());
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", confirm);
  return (
    <Modal
      open
      title={begun(title)}
      okText={begun(action)}
      cancelText={t("cancel")}
      okButtonProps={{ danger }}
      confirmLoading={busy}
      onOk={confirm}
      onCancel={on.onClose}
    >
      <div className="stack">
        <div>{children}</div>
        {error && <RefusalAlert refusal={error.refusal} />}
        <Field label={label ?? t("voucher-reason")} id={id} required error={flaws.told(id).error}>
          <Input.TextArea
            id={id}
            autoFocus
            rows={2}
            maxLength={500}
            value={words}
            onChange={({ target }) => setWords(target.value)}
            {...flaws.told(id).own}
          />
        </Field>
      </div>
    </Modal>
  );
}
