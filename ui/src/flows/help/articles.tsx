import type { Verdict } from "../../gen/wire";
import { QUESTIONS } from "../../parts/findings";
import { VerdictMark } from "../../parts/marks";
import type { Keys as KeysOf } from "../../parts/shortcuts";
import { useText } from "../../text";
import { KeyNames } from "../palette/KeyNames";
import { WORDS } from "./topics";

/** A day in steps: what is done, and how. */
export function Steps({ of, steps }: { of: "clerk" | "firm"; steps: readonly string[] }) {
  const { t } = useText();
  const title = (step: string) => (of === "clerk" ? t(`help-clerk-${step}`) : t(`help-firm-${step}`));
  const how = (step: string) => (of === "clerk" ? t(`help-clerk-${step}-how`) : t(`help-firm-${step}-how`));
  return (
    <ol className="help-steps">
      {steps.map((step) => (
        <li key={step}>
          <h3>{title(step)}</h3>
          <p>{how(step)}</p>
        </li>
      ))}
    </ol>
  );
}

const VERDICTS: Verdict[] = ["passed", "passed_with_conditions", "pending", "failed"];

/** What each verdict means and what to do then; and the four questions behind it. */
export function Verdicts() {
  const { t } = useText();
  return (
    <>
      <dl className="help-words">
        {VERDICTS.map((verdict) => (
          <div key={verdict}>
            <dt>
              <VerdictMark verdict={verdict} />
            </dt>
            <dd>
              <p>{t(`verdict-${verdict}-means`)}</p>
              <p>{t(`help-then-${verdict}`)}</p>
            </dd>
          </div>
        ))}
      </dl>
      <h3>{t("help-questions")}</h3>
      <dl className="help-words">
        {QUESTIONS.map((question) => (
          <div key={question}>
            <dt>{t(`question-${question}`)}</dt>
            <dd>{t(`help-question-${question}`)}</dd>
          </div>
        ))}
      </dl>
      <h3>{t("help-limits")}</h3>
      <p>{t("help-limits-what")}</p>
    </>
  );
}

/** The words of the field. */
export function Words() {
  const { t } = useText();
  return (
    <dl className="help-words">
      {WORDS.map((word) => (
        <div key={word}>
          <dt>{t(`help-word-${word}`)}</dt>
          <dd>{t(`help-word-${word}-means`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Every key of the program, whether or not it holds on this page. */
const KEYS: [keys: KeysOf, label: string][] = [
  ["Ctrl+O", "help-key-open"],
  ["Ctrl+N", "help-key-new"],
  ["Ctrl+F", "help-key-filter"],
  ["Ctrl+K", "help-key-palette"],
  ["Ctrl+L", "help-key-lock"],
  ["Ctrl+S", "help-key-save"],
  ["Ctrl+Enter", "help-key-confirm"],
  ["F5", "help-key-again"],
  ["Ctrl+P", "help-key-report"],
  ["Ctrl+,", "help-key-settings"],
  ["Ctrl+/", "help-key-sheet"],
  ["Alt+ArrowLeft", "help-key-back"],
  ["Escape", "help-key-close"],
];

export function Keys() {
  const { t } = useText();
  return (
    <dl className="help-words keys">
      {KEYS.map(([keys, label]) => (
        <div key={keys}>
          <dt>
            <KeyNames keys={keys} />
          </dt>
          <dd>{t(label)}</dd>
        </div>
      ))}
    </dl>
  );
}
