import type { Check, Questions } from "../gen/wire";
import { useText } from "../text";
import { behind, QUESTIONS, shortened } from "./findings";
import { AnswerMark } from "./marks";

/** 内容未被改动？谁签的、可信吗？现在还有效吗？材料齐全并符合互认规则吗？ One sentence each. */
export function FourQuestions({ questions, checks }: { questions: Questions; checks: Check[] }) {
  const { t, say } = useText();
  return (
    <section className="questions" aria-label={t("questions")}>
      {QUESTIONS.map((question) => {
        const answer = questions[question];
        const [first, ...rest] = behind(checks, question, answer);
        let sentence = t("question-nothing");
        if (answer === "pass") sentence = t(`question-${question}-pass`);
        else if (answer === "fail" && first?.outcome !== "fail") sentence = t("question-items-fail");
        else if (first) sentence = shortened(say(first.message));
        const more = answer === "pass" ? (first ? rest.length + 1 : 0) : rest.length;
        return (
          <div key={question} className={`question ${answer}`}>
            <h2>{t(`question-${question}`)}</h2>
            <p className="question-answer">
              <AnswerMark answer={answer} />
            </p>
            <p className="question-why">
              {sentence}
              {more > 0 && (
                <span className="quiet">
                  {" "}
                  {t(answer === "pass" ? "question-note" : "question-more", { count: more })}
                </span>
              )}
            </p>
          </div>
        );
      })}
    </section>
  );
}
