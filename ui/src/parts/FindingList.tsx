import type { ReactNode } from "react";
import type { Check, CodeAdvice } from "../gen/wire";
import { useText } from "../text";
import { identity, ordered, shortened, together } from "./findings";
import { OUTCOME_TONE, Shape } from "./marks";
import { Copy, Data } from "./values";

interface Props {
  checks: Check[];
  advice: CodeAdvice[];
  /** What a subject is called; null for the whole. */
  titleOf?: (subject: string) => string | null;
  /** What leads to where it is mended. */
  action?: (check: Check) => ReactNode;
  /** Whether what says the same of several papers is told once, with all of them. */
  joined?: boolean;
}

/** Papers named of several that one finding is about; more are only counted. */
const NAMED = 6;

const alone = (check: Check) => ({ check, subjects: [check.subject] });

/** Checks with what was found, what to do, and the code to quote. The worst first. */
export function FindingList({ checks, advice, titleOf, action, joined = false }: Props) {
  const { t, say } = useText();
  return (
    <ul className="findings">
      {(joined ? together(ordered(checks)) : ordered(checks).map(alone)).map(({ check, subjects }) => {
        const told = advice.find(({ code }) => code === check.code);
        const names = [...new Set(subjects.flatMap((subject) => titleOf?.(subject) ?? []))];
        return (
          <li key={identity(check)} className={OUTCOME_TONE[check.outcome]}>
            <Shape tone={OUTCOME_TONE[check.outcome]} />
            <div className="finding-words">
              <p className="finding-fact">
                <span className="finding-outcome">{t(`outcome-${check.outcome}`)}</span>{" "}
                {shortened(say(check.message))}
              </p>
              {check.outcome !== "pass" && told && <p className="finding-advice">{say(told.advice)}</p>}
              {names.length > 0 && (
                <p className="finding-subject">
                  <Data>{names.slice(0, NAMED).join(t("list-comma"))}</Data>
                  {names.length > NAMED && ` ${t("finding-more", { count: names.length })}`}
                </p>
              )}
              {action?.(check)}
            </div>
            <span className="finding-code">
              <code className="code">{check.code}</code>
              <Copy
                text={`${check.code} ${say(check.message)}`}
                label={t("copy-finding", { code: check.code })}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
