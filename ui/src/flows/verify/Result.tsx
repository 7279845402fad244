import { Button } from "antd";
import type { Verified } from "../../gen/wire";
import { FindingList } from "../../parts/FindingList";
import { FourQuestions } from "../../parts/FourQuestions";
import { subjectTitle } from "../../parts/findings";
import { Section } from "../../parts/page";
import { VerdictBanner } from "../../parts/VerdictBanner";
import { Data } from "../../parts/values";
import { useText } from "../../text";

interface Props {
  verified: Verified;
  onChoose: () => void;
  onAgain: () => void;
}

export function Result({ verified, onChoose, onAgain }: Props) {
  const { t, say } = useText();
  const { report } = verified;
  const firm = report.dossier?.firm;
  const titles = new Map(verified.credentials.map(({ path, title }) => [path, say(title)]));
  return (
    <article className="page">
      <VerdictBanner
        announce
        verdict={report.verdict}
        about={
          <>
            {firm && (
              <strong>
                <Data>{firm.name}</Data>
              </strong>
            )}
            {firm && <code>{firm.uscc}</code>}
            <Data>{report.file.name}</Data>
          </>
        }
        actions={
          <>
            <Button onClick={onAgain}>{t("verify-again")}</Button>
            <Button onClick={onChoose}>{t("verify-another")}</Button>
          </>
        }
      />
      <FourQuestions questions={report.questions} checks={report.checks} />
      <Section>
        <FindingList
          checks={report.checks}
          advice={verified.advice}
          titleOf={(subject) => subjectTitle(report, titles, subject)}
        />
      </Section>
    </article>
  );
}
