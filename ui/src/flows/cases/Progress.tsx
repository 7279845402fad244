import { Steps } from "antd";
import type { CaseEventKind, CasePage, CaseState } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { CivilDate, shanghaiInstant } from "../../parts/values";
import { useText } from "../../text";

/** 收件 → 受理 → 补正 → 决定 → 归档. 补正 is a step only where something was asked for. */
const STEPS: CaseState[] = ["received", "accepted", "supplement", "decided", "closed"];

const LATER: Record<CaseState, number> = { received: 0, accepted: 1, supplement: 2, decided: 3, closed: 4 };

/** What else a step may begin with. */
const OTHERWISE: { [state in CaseState]?: CaseEventKind } = { accepted: "resumed", closed: "joined" };

/** Where the case stands and how many working days are left. */
export function Progress({ page }: { page: CasePage }) {
  const { t } = useText();
  const { line, timeline, working_days_left } = page;
  const happened = (kind: CaseEventKind) => timeline.findLast((event) => event.kind === kind);
  const steps = STEPS.filter(
    (step) => step !== "supplement" || line.state === step || happened("supplement"),
  );
  const current = steps.indexOf(line.state);
  return (
    <section className="card progress" aria-label={t("progress")}>
      <Steps
        size="small"
        responsive={false}
        current={line.state === "closed" ? steps.length : current}
        items={steps.map((step) => {
          const otherwise = OTHERWISE[step];
          const event =
            LATER[step] <= LATER[line.state]
              ? (happened(step) ?? (otherwise && happened(otherwise)))
              : undefined;
          return {
            title: t(`case-state-${step}`),
            content: event && (
              <span className="quiet">
                {shanghaiInstant(event.at).slice(5)}
                <br />
                {event.actor}
              </span>
            ),
          };
        })}
      />
      {line.due && (
        <p className="progress-due">
          <span className="quiet">{t("case-due")}</span> <CivilDate date={line.due} prose />
          {working_days_left !== null && (
            <Mark tone={line.overdue ? "fail" : working_days_left <= 3 ? "warning" : "info"}>
              {!line.overdue
                ? t("due-left", { days: working_days_left })
                : working_days_left < 0
                  ? t("due-passed", { days: -working_days_left })
                  : t("due-over")}
            </Mark>
          )}
        </p>
      )}
    </section>
  );
}
