import type { FirmState } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
import { useText } from "../../text";

export const STATES: FirmState[] = ["in", "graduated", "left"];
const TONE: Record<FirmState, Tone> = { in: "pass", graduated: "info", left: "none" };

/** Whether a firm is still here. */
export function FirmMark({ state }: { state: FirmState }) {
  const { t } = useText();
  return <Mark tone={TONE[state]}>{t(`firm-state-${state}`)}</Mark>;
}
