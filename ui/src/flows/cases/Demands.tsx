import type { CasePage, DemandLine, DemandState } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
import { CivilDate, Data } from "../../parts/values";
import { useText } from "../../text";

const TONE: Record<DemandState, Tone> = { met: "pass", open: "fail", look: "pending" };

/** What was asked for, each with what the version that came since says to it. */
export function Demands({ page }: { page: CasePage }) {
  const { t } = useText();
  return (
    <div className="stack">
      <p className="quiet">{t("demands-lead", { version: page.versions.length })}</p>
      <ul className="decision-reasons">
        {page.demands.map(({ line, state }) => (
          <li key={`${line.item_id} ${line.text}`}>
            <Mark tone={TONE[state]}>{t(`supplied-${state}`)}</Mark> <Data>{line.text}</Data>
            {line.due && (
              <span className="quiet">
                {" "}
                · {t("until")} <CivilDate date={line.due} prose />
              </span>
            )}
          </li>
        ))}
      </ul>
      <p>{t("demands-count", counted(page.demands))}</p>
    </div>
  );
}

function counted(demands: DemandLine[]): Record<DemandState, number> {
  const count = (wanted: DemandState) => demands.filter(({ state }) => state === wanted).length;
  return { met: count("met"), open: count("open"), look: count("look") };
}
