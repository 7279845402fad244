import type { DraftDemand, DraftLine, DraftPage, DraftState, Readiness } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
import { CivilDate, shanghaiInstant } from "../../parts/values";
import { type Speech, useText } from "../../text";
import { DecisionMark } from "../cases/marks";
import { beyondPlace, itemPlace, type Missing } from "./places";

const STATE: Record<DraftState, Tone> = { draft: "info", signed: "pass", decided: "none" };
const READY: Record<Readiness, Tone> = {
  ready: "pass",
  missing: "fail",
  expiring: "warning",
  supplement: "warning",
  insufficient: "fail",
  by_hand: "warning",
  asked: "fail",
};

/** What is there as well as it can be, for all that the firm can do. */
const there = (state: Readiness): boolean => state === "ready" || state === "by_hand";

const isOpen = ({ by }: DraftDemand): boolean => by.length === 0;

/** What the destination asked for when it sent the dossier back, on its checklist and beyond it. */
export const allDemands = ({ items, beyond }: DraftPage): DraftDemand[] => [
  ...items.flatMap(({ asked }) => asked),
  ...beyond,
];

/** What of it nothing was added for. */
export const openDemands = (page: DraftPage): DraftDemand[] => allDemands(page).filter(isOpen);

/** What is still missing: required items, and what the destination asked for, on its checklist or beyond it. */
export const openOf = (page: DraftPage, say: Speech["say"]): Missing[] => [
  ...page.items
    .filter(({ required, state, asked }) => (required && !there(state)) || asked.some(isOpen))
    .map(({ item_id, title }) => ({ place: itemPlace(item_id), title: say(title) })),
  ...page.beyond.flatMap((demand, index) =>
    isOpen(demand) ? [{ place: beyondPlace(index), title: demand.text }] : [],
  ),
];

/** Where a dossier of the firm stands. */
export function DraftMark({ state }: { state: DraftState }) {
  const { t } = useText();
  return <Mark tone={STATE[state]}>{t(`draft-state-${state}`)}</Mark>;
}

/** What the destination decided on a dossier; until it does, where the dossier stands; that it is the
 * one being made to answer a decision; and that another was signed since. */
export function StandingMark({ line: { state, outcome, overtaken } }: { line: DraftLine }) {
  const { t } = useText();
  return (
    <>
      {outcome ? <DecisionMark outcome={outcome} /> : <DraftMark state={state} />}
      {outcome && state === "draft" && <Mark tone="info">{t("draft-answering")}</Mark>}
      {overtaken && (
        <span title={t("draft-overtaken-means", { time: shanghaiInstant(overtaken) })}>
          <Mark tone="none">{t("draft-overtaken")}</Mark>
        </span>
      )}
    </>
  );
}

/** That another decision on the same dossier says something else than the one that is shown. */
export function Differ() {
  const { t } = useText();
  return (
    <span title={t("signed-decisions-differ-means")}>
      <Mark tone="warning">{t("draft-differ")}</Mark>
    </span>
  );
}

/** How many days are left, or how many ago a day was. */
export const daysLeft = (t: Speech["t"], days: number) =>
  days >= 0 ? t("home-days-left", { count: days }) : t("home-days-over", { count: -days });

/** Until when the destination waits for what it asked for, and how long that is; nothing where it asked for nothing. */
export function Deadline({ line: { due, days_left } }: { line: DraftLine }) {
  const { t } = useText();
  if (due === null || days_left === null) return null;
  return (
    <span>
      <CivilDate date={due} />
      <span className="quiet"> · </span>
      {days_left < 0 ? (
        <Mark tone="fail">{daysLeft(t, days_left)}</Mark>
      ) : (
        <span className="quiet">{daysLeft(t, days_left)}</span>
      )}
    </span>
  );
}

/** How the firm stands with an item. What need not be there is not wrong where it is not. */
export function ReadyMark({ state, required }: { state: Readiness; required: boolean }) {
  const { t } = useText();
  if (state === "missing" && !required) return <Mark tone="none">{t("not-provided")}</Mark>;
  return <Mark tone={READY[state]}>{t(`readiness-${state}`)}</Mark>;
}
