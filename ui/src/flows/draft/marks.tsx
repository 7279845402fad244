import type { DraftItem, DraftPage, DraftState, Readiness } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
import { useText } from "../../text";

const STATE: Record<DraftState, Tone> = { draft: "info", signed: "pass", decided: "none" };
const READY: Record<Readiness, Tone> = {
  ready: "pass",
  missing: "fail",
  expiring: "warning",
  supplement: "warning",
  insufficient: "fail",
};

/** Required items of the checklist that are not ready. */
export const openOf = ({ items }: DraftPage): DraftItem[] =>
  items.filter(({ required, state }) => required && state !== "ready");

/** Where a dossier of the firm stands. */
export function DraftMark({ state }: { state: DraftState }) {
  const { t } = useText();
  return <Mark tone={STATE[state]}>{t(`draft-state-${state}`)}</Mark>;
}

/** How the firm stands with an item. What need not be there is not wrong where it is not. */
export function ReadyMark({ state, required }: { state: Readiness; required: boolean }) {
  const { t } = useText();
  if (state === "missing" && !required) return <Mark tone="none">{t("not-provided")}</Mark>;
  return <Mark tone={READY[state]}>{t(`readiness-${state}`)}</Mark>;
}
