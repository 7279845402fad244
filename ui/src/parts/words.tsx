// Words of the field with the shape that goes with them.

import type { ItemState, Mode, Scenario } from "../gen/wire";
import { useText } from "../text";
import { ITEM_TONE, Mark } from "./marks";
import type { Tone } from "./theme";

const MODE_TONE: Record<Mode, Tone> = {
  direct: "pass",
  equivalent: "pass",
  supplement: "warning",
  recertify: "warning",
  reference: "info",
  none: "fail",
};

/** How the destination takes a paper. Of one that does not hold, or not yet, it only says what the rule says. */
export function ModeMark({ mode, holds }: { mode: Mode; holds: boolean }) {
  const { t } = useText();
  if (!holds) return <span className="mark none chip">{t(`mode-${mode}`)}</span>;
  return (
    <Mark tone={MODE_TONE[mode]} chip>
      {t(`mode-${mode}`)}
    </Mark>
  );
}

/** How an item of the checklist stands. What need not be there is not wrong where it is not. */
export function ItemMark({ state, required }: { state: ItemState; required: boolean }) {
  const { t } = useText();
  if (state === "missing" && !required) return <Mark tone="none">{t("not-provided")}</Mark>;
  return <Mark tone={ITEM_TONE[state]}>{t(`item-${state}`)}</Mark>;
}

/** 必需 or 可选. */
export function Need({ required }: { required: boolean }) {
  const { t } = useText();
  return <span className={required ? "need" : "quiet"}>{t(required ? "required" : "optional")}</span>;
}

/** What a firm wants to do; a dash where the manifest could not be read. */
export function ScenarioName({ scenario }: { scenario: Scenario | null }) {
  const { t } = useText();
  return scenario ? t(`scenario-${scenario}`) : "—";
}
