import { Modal } from "antd";
import { type ReactNode, useState } from "react";
import type { CasePage } from "../../gen/wire";
import { HandsFields, useHands } from "../../parts/HandsFields";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { Note } from "./Note";

interface Props {
  page: CasePage;
  act: "cases.accept" | "cases.close";
  title: string;
  /** What the button says. */
  action: string;
  /** Whether the remark has to say why. */
  why: boolean;
  onClose: () => void;
  /** What the step means here. */
  children: ReactNode;
}

/** A step of a case: by whom, with a remark for the books. */
export function StepDialog({ page, act: word, title, action, why, onClose, children }: Props) {
  const { t } = useText();
  const hands = useHands(false);
  const [note, setNote] = useState("");
  const act = useAct(word);
  const ready = hands.complete && !(why && note.trim() === "");
  const confirm = () =>
    act.mutate({ id: page.line.id, hands: hands.hands, note: note.trim() || null }, { onSuccess: onClose });
  useShortcut("Ctrl+Enter", "shortcut-confirm", () => ready && confirm());
  return (
    <Modal
      open
      title={title}
      okText={action}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={act.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="stack">
        {children}
        <HandsFields {...hands} />
        <Note value={note} onChange={setNote} required={why} />
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
      </div>
    </Modal>
  );
}
