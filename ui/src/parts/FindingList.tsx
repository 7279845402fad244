import type { ReactNode } from "react";
import type { Check, CodeAdvice } from "../gen/wire";
import { useText } from "../text";
import { identity, ordered, shortened } from "./findings";
import { OUTCOME_TONE, Shape } from "./marks";
import { Copy, Data } from "./values";

interface Props {
  checks: Check[];
  advice: CodeAdvice[];
  /** What a subject is called; null for the whole. */
  titleOf?: (subject: string) => string | null;
  /** What leads to where it is mended. */
  action?: (check: Check) => ReactNode;
}

/** Checks with what was found, what to do, and the code to quote. The worst first. */
export function FindingList({ checks, advice, titleOf, action }: Props) {
  const { t, say } = useText();
  return (
    <ul className="findings">
      {ordered(checks).map((check) => {
        const told = advice.find(({ code }) => code === check.code);
        const subject = titleOf?.(check.subject) ?? null;
        return (
          <li key={identity(check)} className={OUTCOME_TONE[check.outcome]}>
            <Shape tone={OUTCOME_TONE[check.outcome]} />
            <div className="finding-words">
              <p className="finding-fact">
                <span className="finding-outcome">{t(`outcome-${check.outcome}`)}</span>{" "}
                {shortened(say(check.message))}
              </p>
              {check.outcome !== "pass" && told && <p className="finding-advice">{say(told.advice)}</p>}
              {subject && (
                <p className="finding-subject">
                  <Data>{subject}</Data>
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
