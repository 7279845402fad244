import type { Check, Question, Report } from "../gen/wire";
import { useText } from "../text";
import { behind, QUESTIONS, shortened } from "./findings";
import { AnswerMark } from "./marks";

interface Props {
  report: Report;
  /** What a paper or an item is called; null for the whole. */
  nameOf: (subject: string) => string | null;
}

/** 内容未被改动？谁签的、可信吗？现在还有效吗？材料齐全并符合互认规则吗？ One sentence each. */
export function FourQuestions({ report, nameOf }: Props) {
  const { t } = useText();
  return (
    <section className="questions" aria-label={t("questions")}>
      {QUESTIONS.map((question) => (
        <div key={question} className={`question ${report.questions[question]}`}>
          <h2>{t(`question-${question}`)}</h2>
          <p className="question-answer">
            <AnswerMark answer={report.questions[question]} />
          </p>
          <Why question={question} report={report} nameOf={nameOf} />
        </div>
      ))}
    </section>
  );
}

/** The finding that decides with the paper it is about; below a yes, what was not relied on. */
function Why({ question, report, nameOf }: Props & { question: Question }) {
  const { t, say } = useText();
  const answer = report.questions[question];
  const found = behind(report, question, answer);
  const [first] = found;
  const told = ({ subject, message }: Check) => {
    const what = shortened(say(message));
    const name = nameOf(subject);
    return name && !what.includes(name) ? t("question-about", { name, what }) : what;
  };
  if (answer === "pass") {
    const asides = (["fail", "pending"] as const).map((outcome) => {
      const about = found.filter((check) => check.outcome === outcome);
      const names = [...new Set(about.flatMap(({ subject }) => nameOf(subject) ?? []))];
      return { outcome, names: names.join(t("list-comma")), count: names.length > 0 ? about.length : 0 };
    });
    const named = asides.reduce((sum, { count }) => sum + count, 0);
    return (
      <p className="question-why">
        {t(`question-${question}-pass`)}
        {asides.map(
          ({ outcome, names }) =>
            names && ` ${t(outcome === "fail" ? "question-left-out" : "question-undecided", { names })}`,
        )}
        <More of="question-note" count={found.length - named} />
      </p>
    );
  }
  let sentence = t("question-nothing");
  if (answer === "fail" && first?.outcome !== "fail") sentence = t("question-items-fail");
  else if (first) sentence = told(first);
  return (
    <p className="question-why">
      {sentence}
      <More of="question-more" count={found.length - 1} />
    </p>
  );
}

function More({ of, count }: { of: "question-note" | "question-more"; count: number }) {
  const { t } = useText();
  return count > 0 ? <span className="quiet"> {t(of, { count })}</span> : null;
}
