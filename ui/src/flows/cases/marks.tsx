import type { CaseState, DecisionOutcome } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
import { useText } from "../../text";

const STATE_TONE: Record<CaseState, Tone> = {
  received: "info",
  accepted: "info",
  supplement: "warning",
  decided: "pass",
  closed: "none",
};

export const OUTCOME_TONES: Record<DecisionOutcome, Tone> = {
  accepted: "pass",
  accepted_with_conditions: "warning",
  supplement_required: "pending",
  rejected: "fail",
};

export const STATES: CaseState[] = ["received", "accepted", "supplement", "decided", "closed"];
export const OUTCOMES: DecisionOutcome[] = [
  "accepted",
  "accepted_with_conditions",
  "supplement_required",
  "rejected",
];

/** Where a case stands. */
export function StateMark({ state }: { state: CaseState }) {
  const { t } = useText();
  return (
    <Mark tone={STATE_TONE[state]} chip>
      {t(`case-state-${state}`)}
    </Mark>
  );
}

/** What was decided. */
export function DecisionMark({ outcome }: { outcome: DecisionOutcome }) {
  const { t } = useText();
  return <Mark tone={OUTCOME_TONES[outcome]}>{t(`decision-${outcome}`)}</Mark>;
}

/** The code of a reason that is nobody's but the person's who decides. */
export const OWN = "OWN";

/** Where a reason comes from: a code of the report, or one's own words. */
export function ReasonCode({ code, className = "" }: { code: string; className?: string }) {
  const { t } = useText();
  return <code className={`code ${className}`}>{code === OWN ? t("reason-own") : code}</code>;
}
