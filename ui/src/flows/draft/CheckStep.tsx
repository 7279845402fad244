import { Button } from "antd";
import { useState } from "react";
import type { CheckedDraft, DraftPage } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { FindingList } from "../../parts/FindingList";
import { FourQuestions } from "../../parts/FourQuestions";
import { EmptyState, Section } from "../../parts/page";
import { VerdictBanner } from "../../parts/VerdictBanner";
import { Data } from "../../parts/values";
import { ItemMark, Need } from "../../parts/words";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/** 自检: what the destination would find now, before anything is signed or sent. */
export function CheckStep({ page, onMaterials }: { page: DraftPage; onMaterials: () => void }) {
  const { t } = useText();
  const act = useAct("draft.check");
  const [asking, setAsking] = useState(false);
  return (
    <>
      {act.data ? (
        <Found checked={act.data} page={page} onAgain={() => setAsking(true)} onMaterials={onMaterials} />
      ) : (
        <Section>
          <EmptyState
            title={t("check-title")}
            hint={t("check-hint")}
            action={
              <Button type="primary" onClick={() => setAsking(true)}>
                {t("check-do")}
              </Button>
            }
          />
        </Section>
      )}
      <ConfirmPassphrase
        open={asking}
        title={t("check-do")}
        action={t("check-do")}
        onConfirm={(passphrase) => act.mutateAsync({ id: page.line.id, passphrase })}
        onClose={() => setAsking(false)}
      >
        {t("check-means")}
      </ConfirmPassphrase>
    </>
  );
}

function Found({
  checked,
  page,
  onAgain,
  onMaterials,
}: {
  checked: CheckedDraft;
  page: DraftPage;
  onAgain: () => void;
  onMaterials: () => void;
}) {
  const { t, say } = useText();
  const { report, advice } = checked;
  const findings = report.checks.filter(({ outcome }) => outcome !== "pass" && outcome !== "info");
  const seen = new Set<string>();
  const once = findings.filter(({ code, subject, outcome }) => {
    const key = `${code} ${subject} ${outcome}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
  return (
    <>
      <VerdictBanner
        verdict={report.verdict}
        about={t("check-about", { name: page.destination?.name ?? page.line.destination })}
        level={2}
        smaller
        announce
        actions={<Button onClick={onAgain}>{t("check-again")}</Button>}
      />
      <FourQuestions questions={report.questions} checks={report.checks} />
      <Section
        title={t("materials-title")}
        extra={<Button onClick={onMaterials}>{t("check-to-materials")}</Button>}
      >
        <ul className="materials">
          {report.items.map((item) => (
            <li key={item.item_id} className="material-head">
              <ItemMark state={item.state} />
              <strong>{say(item.title)}</strong>
              <Need required={item.required} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("check-findings", { count: once.length })}>
        {once.length > 0 ? (
          <FindingList
            checks={once}
            advice={advice}
            titleOf={(subject) => page.items.find(({ item_id }) => item_id === subject)?.title.zh ?? subject}
          />
        ) : (
          <p>
            <Data>{t("check-nothing")}</Data>
          </p>
        )}
      </Section>
    </>
  );
}
