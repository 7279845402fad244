import { Alert, Button, Modal, Spin, Steps } from "antd";
import { useEffect, useState } from "react";
import type { DraftFields, DraftPage } from "../../gen/wire";
import { useFlaws } from "../../parts/needed";
import { EmptyState, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useAutosave } from "../../parts/useAutosave";
import { Data } from "../../parts/values";
import { useKept, useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { type Speech, useText } from "../../text";
import { BasicsStep } from "./BasicsStep";
import { CheckStep } from "./CheckStep";
import { Decided } from "./Decided";
import { MaterialsStep } from "./MaterialsStep";
import { openOf } from "./marks";
import { Overtaken } from "./Overtaken";
import { BASICS, basicsFlaws, type GoTo, missingOf, savable } from "./places";
import { SignedView } from "./SignedView";
import { type Signed, SignStep } from "./SignStep";
import "./draft.css";

/** 基本信息 → 材料 → 自检 → 签署. Whatever was typed is saved; a dossier that was left is taken up at its step. */
export const STEPS = ["basics", "materials", "check", "sign"] as const;

/** A dossier of the firm: in work, or as it was signed. */
export function DraftPageView({ id }: { id: string }) {
  const { t } = useText();
  const asked = useAsk("draft.get", { id });
  const [signed, setSigned] = useState<Signed | null>(null);
  if (asked.error)
    return (
      <div className="page">
        <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />
      </div>
    );
  if (!asked.data)
    return (
      <div className="page">
        <EmptyState icon={<Spin />} title={t("loading")} />
      </div>
    );
  return asked.data.line.state === "draft" ? (
    <InWork page={asked.data} onSigned={setSigned} />
  ) : (
    <SignedView page={asked.data} signed={signed} />
  );
}

function InWork({ page, onSigned }: { page: DraftPage; onSigned: (signed: Signed | null) => void }) {
  const speech = useText();
  const { t, say } = speech;
  const [step, setStep] = useKept("draft-step", firstStep(page, say));
  const [sought, setSought] = useState<string | null>(null);
  const [removing, setRemoving] = useState(false);
  const [typed, setTyped] = useState(page.fields);
  const save = useAct("draft.save");
  // It outlasts the step, so that no step says that all is saved while something of another is not.
  const { saving, change, flush } = useAutosave((fields: DraftFields) =>
    save.mutateAsync({ id: page.line.id, fields }),
  );
  const type = (fields: DraftFields) => {
    setTyped(fields);
    change(savable(page, fields));
  };
  useEffect(() => {
    if (step !== BASICS) void flush();
  }, [step, flush]);
  const flaws = basicsFlaws(page, typed, speech);
  const { sound, told } = useFlaws(flaws);
  const forward = () => {
    if (step !== BASICS || sound()) setStep(Math.min(step + 1, STEPS.length - 1));
  };
  const goTo: GoTo = (next, place) => {
    if (next === BASICS) sound();
    setStep(next);
    setSought(place ?? null);
  };
  // The place is there once its step is.
  useEffect(() => {
    if (sought === null) return;
    document.getElementById(sought)?.focus();
    setSought(null);
  }, [sought]);
  useShortcut("Ctrl+Enter", "draft-next", forward, step < STEPS.length - 1);
  return (
    <div className="page draft">
      <PageHeader
        title={<Data>{page.fields.title || page.line.title}</Data>}
        lead={
          <>
            {t(`scenario-${page.line.scenario}`)} · <Data>{page.line.destination}</Data>
            {page.destination && !page.line.destination.includes(page.destination.name) && (
              <>
                {" · "}
                <Data>{page.destination.name}</Data>
              </>
            )}
          </>
        }
        primary={
          step < STEPS.length - 1 && (
            <Button type="primary" onClick={forward}>
              {t("draft-next")}
            </Button>
          )
        }
        extra={
          <>
            <Button danger onClick={() => setRemoving(true)}>
              {t("draft-remove")}
            </Button>
            {step > 0 && <Button onClick={() => setStep(step - 1)}>{t("draft-before")}</Button>}
          </>
        }
      />
      <nav className="card steps" aria-label={t("draft-steps")}>
        <Steps
          size="small"
          current={step}
          onChange={setStep}
          items={STEPS.map((name, index) => ({
            title: t(`draft-step-${name}`),
            // A step that lies behind is not done by that: no mark says so.
            status: index === step ? "process" : "wait",
          }))}
        />
      </nav>
      {page.remarks.map((remark) => (
        <Alert key={remark.zh} type="info" showIcon title={say(remark)} />
      ))}
      {step !== BASICS && saving.state === "refused" && <RefusalAlert refusal={saving.refusal} />}
      <Overtaken line={page.line} />
      <Decided page={page} />
      {step === 0 && <BasicsStep page={page} typed={typed} told={told} onTyped={type} saving={saving} />}
      {step === 1 && <MaterialsStep page={page} />}
      {step === 2 && <CheckStep page={page} onGo={goTo} />}
      {step === 3 && (
        <SignStep page={page} lacking={missingOf(page, flaws, speech)} onSigned={onSigned} onGo={goTo} />
      )}
      {removing && <Remove page={page} onClose={() => setRemoving(false)} />}
    </div>
  );
}

/** Where a dossier is taken up: at the first step that is not finished. Nobody but the check tells that it is done. */
function firstStep(page: DraftPage, say: Speech["say"]): number {
  const { title, name, origin_region } = page.fields;
  const blank = [title, name, origin_region].some((text) => text.trim() === "");
  if (blank || page.items.some(({ to_state }) => to_state.length > 0)) return STEPS.indexOf("basics");
  // Whoever answers a decision begins where the paper is added.
  const answers = page.line.outcome !== null || page.decision !== null;
  const materials = answers || page.items.length === 0 || openOf(page, say).length > 0;
  return STEPS.indexOf(materials ? "materials" : "check");
}

function Remove({ page, onClose }: { page: DraftPage; onClose: () => void }) {
  const { t } = useText();
  const { begin } = useRoute();
  const act = useAct("draft.remove");
  return (
    <Modal
      open
      title={t("draft-remove-title", { title: page.line.title })}
      okText={t("draft-remove")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true }}
      confirmLoading={act.isPending}
      onOk={() => act.mutate({ id: page.line.id }, { onSuccess: () => begin({ page: "drafts" }) })}
      onCancel={onClose}
    >
      <p>{t("draft-remove-means")}</p>
      {act.error && <RefusalAlert refusal={act.error.refusal} />}
    </Modal>
  );
}
