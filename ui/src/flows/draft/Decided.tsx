import { Alert } from "antd";
import type { DecisionPage, DraftPage } from "../../gen/wire";
import { Facts, Section } from "../../parts/page";
import { placed } from "../../parts/placed";
import { Data, Instant } from "../../parts/values";
import { useText } from "../../text";
import { DecisionMark } from "../cases/marks";

/** The decision that came back; where another one on the same dossier says something else, both side by side. */
export function Decided({ page }: { page: DraftPage }) {
  const { t } = useText();
  const { decision, decision_signed_at, other_decisions } = page;
  if (!decision) return null;
  // What was asked for has been added and signed since, or another dossier hands it in: the mark of the old decision
  // would say of this one that it is decided.
  const earlier =
    page.line.state === "signed" ||
    (page.line.state === "draft" && decision.outcome !== "supplement_required");
  if (other_decisions.length === 0) {
    return (
      <Section
        title={t(earlier ? "signed-decision-earlier" : "signed-decision")}
        extra={!earlier && <DecisionMark outcome={decision.outcome} />}
      >
        <Said decision={decision} />
      </Section>
    );
  }
  const all = [{ signed_at: decision_signed_at ?? "", decision }, ...[...other_decisions].reverse()];
  return (
    <Section title={t("signed-decisions")}>
      <Alert
        type="warning"
        showIcon
        title={t("signed-decisions-differ")}
        description={t("signed-decisions-differ-means")}
      />
      <ul className="decisions">
        {all.map(({ signed_at, decision }, place) => (
          <li key={`${signed_at} ${decision.report_sha256} ${decision.outcome}`} className="stack">
            <div className="decision-head">
              <DecisionMark outcome={decision.outcome} />
              <strong>{t(place === 0 ? "signed-decision-stands" : "signed-decision-before")}</strong>
              <span className="quiet">
                {t("signed-decision-at")} <Instant at={signed_at} />
              </span>
            </div>
            <Said decision={decision} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a decision says: why, what has to be added and until when, on which day, by whom. */
function Said({ decision: { parts } }: { decision: DecisionPage }) {
  const { say } = useText();
  return (
    <Facts
      rows={parts.map(({ label, values }) => [
        say(label),
        <ul key={label.zh} className="reasons">
          {placed(values).map(({ value, key }) => (
            <li key={key}>
              <Data>{say(value)}</Data>
            </li>
          ))}
        </ul>,
      ])}
    />
  );
}
