import { said, useText } from "../../text";
import { Mark } from "./marks";
import { type Check, identity, type Listed, READING_ORDER, withOutcome } from "./report";

/** What a person has to look at, the worst first; what holds is only counted. */
export function CheckList({ checks }: { checks: Check[] }) {
  const { t } = useText();
  const held = withOutcome(checks, "pass").length;
  const attention = READING_ORDER.some((outcome) => withOutcome(checks, outcome).length > 0);
  return (
    <section className="checks">
      {READING_ORDER.map((outcome) => (
        <Group key={outcome} outcome={outcome} checks={withOutcome(checks, outcome)} />
      ))}
      {!attention && <p>{t("none")}</p>}
      {held > 0 && (
        <p className="held">
          <Mark of="pass" /> {t("held", held)}
        </p>
      )}
    </section>
  );
}

function Group({ outcome, checks }: { outcome: Listed; checks: Check[] }) {
  const { language, t } = useText();
  if (checks.length === 0) return null;
  return (
    <>
      <h2>
        <Mark of={outcome} /> {t(`list_${outcome}`)} <span className="count">{checks.length}</span>
      </h2>
      <ul>
        {checks.map((check) => (
          <li key={identity(check)}>
            <span className="told">{said(language, check.message)}</span>
            <span className="subject">{check.subject || t("whole")}</span>
            <code className="code">{check.code}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
