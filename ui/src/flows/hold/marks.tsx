import type { HeldLine, Standing } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
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

/** How a held credential stands. */
export function StandingMark({ standing }: { standing: Standing }) {
  const { t } = useText();
  return <Mark tone={TONE[standing]}>{t(`standing-${standing}`)}</Mark>;
}

/** The days that are left, in words; nothing where it does not end. */
export function DaysLeft({ line }: { line: HeldLine }) {
  const { t } = useText();
  // The days that are left of a credential that does not stand are nobody's.
  if (line.standing === "revoked" || line.standing === "ended") return <span className="quiet">—</span>;
  if (line.days_left === null) return <span className="quiet">{t("held-endless")}</span>;
  return (
    <span className="figure">
      {line.days_left < 0
        ? t("held-days-over", { count: -line.days_left })
        : t("held-days-left", { count: line.days_left })}
    </span>
  );
}
