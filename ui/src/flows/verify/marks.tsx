// One mark for each outcome: a shape of its own, so that colour is never the only difference.

import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  InfoCircleFilled,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Outcome, Verdict } from "./report";

const SHAPES: Record<Outcome, ComponentType<{ className?: string; "aria-hidden"?: boolean }>> = {
  pass: CheckCircleFilled,
  info: InfoCircleFilled,
  warning: ExclamationCircleFilled,
  pending: ClockCircleFilled,
  fail: CloseCircleFilled,
};

export const VERDICT_MARK: Record<Verdict, Outcome> = {
  passed: "pass",
  passed_with_conditions: "warning",
  pending: "pending",
  failed: "fail",
};

/** The word always stands beside it, so the mark itself is silent to a screen reader. */
export function Mark({ of }: { of: Outcome }) {
  const Shape = SHAPES[of];
  return <Shape className={`mark ${of}`} aria-hidden />;
}
