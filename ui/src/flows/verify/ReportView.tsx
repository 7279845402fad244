import type { ReactNode } from "react";
import { said, useText } from "../../text";
import { Basis } from "./Basis";
import { CheckList } from "./CheckList";
import { Mark, VERDICT_MARK } from "./marks";
import { allChecks, type Check, QUESTIONS, type Question, type Report, reasons } from "./report";

/** The verdict, the four questions, what it rests on, and the checks behind it, in that order. */
export function ReportView({ report, action }: { report: Report; action?: ReactNode }) {
  const { t } = useText();
  const checks = allChecks(report);
  const firm = report.dossier?.firm;
  return (
    <article>
      <section className={`verdict ${VERDICT_MARK[report.verdict]}`} data-verdict={report.verdict}>
        <Mark of={VERDICT_MARK[report.verdict]} />
        <div className="words">
          <h1>{t(`verdict_${report.verdict}`)}</h1>
          <p>{t(`means_${report.verdict}`)}</p>
          <p className="about">
            {firm?.name && <strong>{firm.name}</strong>} {firm?.uscc && <code>{firm.uscc}</code>}
            <span>{report.file.name}</span>
          </p>
        </div>
        {action}
      </section>
      <section className="questions">
        {QUESTIONS.map((question) => (
          <Answer key={question} question={question} report={report} checks={checks} />
        ))}
      </section>
      <Basis report={report} />
      <CheckList checks={checks} />
    </article>
  );
}

function Answer({ question, report, checks }: { question: Question; report: Report; checks: Check[] }) {
  const { language, t } = useText();
  const answer = report.questions[question];
  const [first, ...others] = reasons(checks, question);
  let sentence = t("says_nothing");
  if (answer === "pass") sentence = t(`says_${question}`);
  else if (first) sentence = said(language, first.message);
  return (
    <div className="question">
      <h2>{t(`question_${question}`)}</h2>
      <p className={`answer ${answer}`}>
        <Mark of={answer} /> {t(`answer_${answer}`)}
      </p>
      <p className="why">
        {sentence}
        {answer !== "pass" && others.length > 0 && <span className="more"> {t("more", others.length)}</span>}
      </p>
    </div>
  );
}
