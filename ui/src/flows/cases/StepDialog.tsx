import { Modal } from "antd";
import { type ReactNode, Suspense, useState } from "react";
import type { CasePage, Hands } from "../../gen/wire";
import { HandsFields, useHands } from "../../parts/HandsFields";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Unsaved } from "../../parts/Unsaved";
import { useUnsaved } from "../../parts/useUnsaved";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
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
export function StepDialog(props: Props) {
  // The case stays on the screen, whatever the dialog waits for.
  return (
    <Suspense>
      <Step {...props} />
    </Suspense>
  );
}

/** What was typed. */
interface Typed {
  hands: Hands;
  note: string;
}

function Step({ page, act: word, title, action, why, onClose, children }: Props) {
  const { t } = useText();
  const { status } = useSession();
  const unsaved = useUnsaved<Typed>("cases", word, page.line.id);
  const { kept } = unsaved;
  const hands = useHands(false, kept?.hands);
  const [note, setNote] = useState(kept?.note ?? "");
  const keep = (part: Partial<Typed>) => unsaved.keep({ hands: hands.typed, note, ...part });
  const anew = () => {
    unsaved.drop();
    hands.setHands({ operator: status.settings.operator, reviewer: null });
    setNote("");
  };
  const act = useAct(word, { saved: unsaved.drop });
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
        {kept && <Unsaved onDrop={anew} />}
        {children}
        <HandsFields
          {...hands}
          setHands={(typed) => {
            hands.setHands(typed);
            keep({ hands: typed });
          }}
        />
        <Note
          value={note}
          onChange={(typed) => {
            setNote(typed);
            keep({ note: typed });
          }}
          required={why}
        />
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
      </div>
    </Modal>
  );
}
