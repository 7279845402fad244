import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  InfoCircleFilled,
  MinusCircleFilled,
  QuestionCircleFilled,
  WarningFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Answer, ItemState, Outcome, Verdict } from "../gen/wire";
import { useText } from "../text";
import type { Tone } from "./theme";

// A state is a word and a shape; the colour only repeats it.

export const VERDICT_TONE: Record<Verdict, Tone> = {
  passed: "pass",
  passed_with_conditions: "warning",
  pending: "pending",
  failed: "fail",
};
export const OUTCOME_TONE: Record<Outcome, Tone> = {
  pass: "pass",
  info: "info",
  warning: "warning",
  pending: "pending",
  fail: "fail",
};
export const ITEM_TONE: Record<ItemState, Tone> = {
  met: "pass",
  missing: "fail",
  insufficient: "warning",
  open: "pending",
};

const SHAPES: Record<Tone, ReactNode> = {
  pass: <CheckCircleFilled />,
  warning: <WarningFilled />,
  pending: <QuestionCircleFilled />,
  fail: <CloseCircleFilled />,
  info: <InfoCircleFilled />,
  none: <MinusCircleFilled />,
};

/** The shape of a tone, for readers who see. The word always stands beside it. */
export function Shape({ tone }: { tone: Tone }) {
  return (
    <span className={`shape ${tone}`} aria-hidden>
      {SHAPES[tone]}
    </span>
  );
}

/** A word with its shape in its colour. `chip` puts it on a ground of its own. */
export function Mark({ tone, children, chip = false }: { tone: Tone; children: ReactNode; chip?: boolean }) {
  return (
    <span className={`mark ${tone}${chip ? " chip" : ""}`}>
      <Shape tone={tone} />
      <span>{children}</span>
    </span>
  );
}

export function VerdictMark({ verdict, chip = false }: { verdict: Verdict; chip?: boolean }) {
  const { t } = useText();
  return (
    <Mark tone={VERDICT_TONE[verdict]} chip={chip}>
      {t(`verdict-${verdict}`)}
    </Mark>
  );
}

export function AnswerMark({ answer }: { answer: Answer }) {
  const { t } = useText();
  return <Mark tone={answer}>{t(`answer-${answer}`)}</Mark>;
}

export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const { t } = useText();
  return <Mark tone={OUTCOME_TONE[outcome]}>{t(`outcome-${outcome}`)}</Mark>;
}

export { ClockCircleFilled as AgeIcon, ExclamationCircleFilled as AlarmIcon };
