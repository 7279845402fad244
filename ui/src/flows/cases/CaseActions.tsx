import { Button, Modal } from "antd";
import { useState } from "react";
import type { CasePage } from "../../gen/wire";
import { HandsFields, useHands } from "../../parts/HandsFields";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { Note } from "./Note";

/** What can be done with a case in its state; the next step is the primary one. */
export function CaseActions({ page }: { page: CasePage }) {
  const { t } = useText();
  const { go } = useRoute();
  const { id, state } = page.line;
  const [step, setStep] = useState<"accept" | "close" | null>(null);
  const decide = () => go({ page: "decide", id });
  useShortcut("Ctrl+Enter", "case-decide", decide, state === "accepted" || state === "supplement");
  return (
    <>
      {(state === "received" || state === "accepted") && (
        <Button onClick={() => go({ page: "supplement", id })}>{t("case-supplement")}</Button>
      )}
      {state === "received" && (
        <Button type="primary" onClick={() => setStep("accept")}>
          {t("case-accept")}
        </Button>
      )}
      {(state === "accepted" || state === "supplement") && (
        <Button type="primary" onClick={decide}>
          {t("case-decide")}
        </Button>
      )}
      {state === "decided" && (
        <Button type="primary" onClick={() => setStep("close")}>
          {t("case-close")}
        </Button>
      )}
      {step && <Step page={page} step={step} onClose={() => setStep(null)} />}
    </>
  );
}

interface StepProps {
  page: CasePage;
  step: "accept" | "close";
  onClose: () => void;
}

/** 受理 or 归档: by whom, with a remark. */
function Step({ page, step, onClose }: StepProps) {
  const { t } = useText();
  const hands = useHands(false);
  const [note, setNote] = useState("");
  const act = useAct(`cases.${step}`);
  const confirm = () =>
    act.mutate({ id: page.line.id, hands: hands.hands, note: note.trim() || null }, { onSuccess: onClose });
  useShortcut("Ctrl+Enter", "shortcut-confirm", () => hands.complete && confirm());
  return (
    <Modal
      open
      title={t(`case-${step}-title`, { number: page.line.number })}
      okText={t(`case-${step}`)}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: !hands.complete }}
      confirmLoading={act.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t(`case-${step}-means`)}</p>
        <HandsFields {...hands} />
        <Note value={note} onChange={setNote} />
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
      </div>
    </Modal>
  );
}
