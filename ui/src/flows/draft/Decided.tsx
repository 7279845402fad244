import type { DecisionPage } from "../../gen/wire";
import { Facts, Section } from "../../parts/page";
import { CivilDate, Data } from "../../parts/values";
import { useText } from "../../text";
import { DecisionMark, ReasonCode } from "../cases/marks";

/** A decision that came back: why, what has to be added and until when, on which day, by whom. */
export function Decided({ decision }: { decision: DecisionPage }) {
  const { t } = useText();
  return (
    <Section title={t("signed-decision")} extra={<DecisionMark outcome={decision.outcome} />}>
      <div className="stack">
        <ul className="reasons">
          {decision.reasons.map(({ code, text }) => (
            <li key={`${code} ${text}`}>
              <ReasonCode code={code} /> <Data>{text}</Data>
            </li>
          ))}
          {decision.supplements.map(({ item_id, text, due }) => (
            <li key={`${item_id} ${text}`}>
              {t("signed-supplement")} <Data>{text}</Data>{" "}
              {due && (
                <>
                  {t("signed-due")} <CivilDate date={due} />
                </>
              )}
            </li>
          ))}
        </ul>
        <Facts
          rows={[
            [t("signed-decided-on"), <CivilDate key="o" date={decision.decided_on} prose />],
            [t("hands-operator"), <Data key="p">{decision.hands.operator}</Data>],
            [
              t("hands-reviewer"),
              decision.hands.reviewer ? <Data key="r">{decision.hands.reviewer}</Data> : "—",
            ],
          ]}
        />
      </div>
    </Section>
  );
}
