import type { HeldLine, Standing } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
import { CivilDate } from "../../parts/values";
import { useText } from "../../text";

const TONE: Record<Standing, Tone> = {
  valid: "pass",
  expiring: "warning",
  expired: "fail",
  revoked: "fail",
  ended: "none",
  suspended: "warning",
  unknown: "pending",
};

/** The days before its end at which a credential is reminded of, and how loudly; the last that is near first. */
const LEVELS: [number, Tone][] = [
  [7, "fail"],
  [30, "warning"],
  [90, "info"],
];

/** Within how many days a credential that still holds will end; nothing while that is far. */
export function endsWithin({ standing, days_left }: HeldLine): { days: number; tone: Tone } | null {
  const holds = standing === "valid" || standing === "expiring";
  if (!holds || days_left === null || days_left < 0) return null;
  const level = LEVELS.find(([days]) => days_left <= days);
  return level ? { days: level[0], tone: level[1] } : null;
}

/** How a held credential stands, and for one that ends soon how soon. */
export function StandingMark({ line }: { line: HeldLine }) {
  const { t } = useText();
  const within = endsWithin(line);
  if (within) return <Mark tone={within.tone}>{t("standing-within", { days: within.days })}</Mark>;
  return <Mark tone={TONE[line.standing]}>{t(`standing-${line.standing}`)}</Mark>;
}

/** Until when a credential holds. A destination takes what the firm states itself for 24 hours after it was signed. */
export function Until({ line, prose = false }: { line: HeldLine; prose?: boolean }) {
  const { t } = useText();
  const { provenance, valid_until } = line;
  if (provenance !== "declared") return <CivilDate date={valid_until} prose={prose} />;
  return (
    <span className="wraps">
      {valid_until && (
        <>
          <CivilDate date={valid_until} prose={prose} />
          <br />
        </>
      )}
      <span className="quiet">{t(prose ? "held-declared-long" : "held-declared")}</span>
    </span>
  );
}

/** Whether it was taken back or ended: the days that would be left of it are nobody's. */
export const isOver = ({ standing }: HeldLine): boolean => standing === "revoked" || standing === "ended";

/** The days that are left, in words; nothing where it does not end. */
export function DaysLeft({ line }: { line: HeldLine }) {
  const { t } = useText();
  if (isOver(line)) return <span className="quiet">—</span>;
  // What the firm states itself ends with the signature: `Until` says so.
  if (line.provenance === "declared" && line.days_left === null) return <span className="quiet">—</span>;
  if (line.days_left === null) return <span className="quiet">{t("held-endless")}</span>;
  return (
    <span className="figure">
      {line.days_left < 0
        ? t("held-days-over", { count: -line.days_left })
        : t("held-days-left", { count: line.days_left })}
    </span>
  );
}
