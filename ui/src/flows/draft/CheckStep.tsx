import { Button } from "antd";
import { useState } from "react";
import type { Check, CheckedDraft, DraftPage, Verdict } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { FindingList } from "../../parts/FindingList";
import { FourQuestions } from "../../parts/FourQuestions";
import { EmptyState, Section } from "../../parts/page";
import { VerdictBanner } from "../../parts/VerdictBanner";
import { Data } from "../../parts/values";
import { ItemMark, Need } from "../../parts/words";
import { useKept } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import { OpenDemands } from "./Demands";
import { BASICS, type GoTo, itemPlace, MATERIALS } from "./places";

interface Checked {
  verdict: Verdict;
  /** What was checked. */
  content: string;
}

const contentOf = ({ fields, credentials, attachments }: DraftPage) =>
  JSON.stringify([fields, credentials, attachments]);

/** The verdict of the last check, for those who go on to sign; none once something was changed. */
export function useChecked(page: DraftPage): [Verdict | null, (verdict: Verdict) => void] {
  const [checked, setChecked] = useKept<Checked | null>("draft-checked", null);
  const content = contentOf(page);
  return [
    checked?.content === content ? checked.verdict : null,
    (verdict) => setChecked({ verdict, content }),
  ];
}

/** 自检: what the destination would find now, before anything is signed or sent. */
export function CheckStep({ page, onGo }: { page: DraftPage; onGo: GoTo }) {
  const { t } = useText();
  const act = useAct("draft.check");
  const [asking, setAsking] = useState(false);
  const [, setVerdict] = useChecked(page);
  const check = async (passphrase: string) => {
    const { report } = await act.mutateAsync({ id: page.line.id, passphrase });
    setVerdict(report.verdict);
  };
  return (
    <>
      {act.data ? (
        <Found checked={act.data} page={page} onAgain={() => setAsking(true)} onGo={onGo} />
      ) : (
        <Section>
          <EmptyState
            title={t("check-title")}
            hint={t("check-hint")}
            action={<Button onClick={() => setAsking(true)}>{t("check-do")}</Button>}
          />
        </Section>
      )}
      <ConfirmPassphrase
        open={asking}
        title={t("check-do")}
        action={t("check-do")}
        onConfirm={check}
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
  onGo,
}: {
  checked: CheckedDraft;
  page: DraftPage;
  onAgain: () => void;
  onGo: GoTo;
}) {
  const { t, say } = useText();
  const { report, advice } = checked;
  const findings = report.checks.filter(({ outcome }) => outcome !== "pass" && outcome !== "info");
  // What each check is about, by name: the whole needs none, and a path in the container is none.
  const held = useAsk("hold.list", { text: "" });
  const types = new Map(held.data?.credentials.map(({ kind, title }) => [kind, say(title)]));
  const names = new Map([
    ...(report.dossier?.attachments ?? []).map(({ path, name }) => [path, name] as const),
    ...report.items.map(({ item_id, title }) => [item_id, say(title)] as const),
    ...report.credentials.map(({ path, type, number }) => {
      const title = types.get(type);
      return [path, title && number ? `${title} ${number}` : title] as const;
    }),
  ]);
  const seen = new Set<string>();
  const once = findings.filter(({ code, subject, outcome }) => {
    const key = `${code} ${subject} ${outcome}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
  // A finding leads to the row of the checklist that it is about, itself or through what answers it.
  const toItem = ({ subject }: Check) => {
    const item = report.items.find(({ item_id, by }) => item_id === subject || by.includes(subject));
    if (!item) return null;
    return (
      <Button size="small" onClick={() => onGo(MATERIALS, itemPlace(item.item_id))}>
        {t("check-to-item", { item: say(item.title) })}
      </Button>
    );
  };
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
      <OpenDemands
        page={page}
        action={<Button onClick={() => onGo(MATERIALS)}>{t("check-to-materials")}</Button>}
      />
      <FourQuestions report={report} nameOf={(subject) => names.get(subject) ?? null} />
      <Section
        title={t("materials-title")}
        extra={
          <>
            <Button onClick={() => onGo(BASICS)}>{t("check-to-basics")}</Button>
            <Button onClick={() => onGo(MATERIALS)}>{t("check-to-materials")}</Button>
          </>
        }
      >
        <ul className="materials">
          {report.items.map((item) => (
            <li key={item.item_id} className="material-head">
              <ItemMark state={item.state} required={item.required} />
              <strong>{say(item.title)}</strong>
              <Need required={item.required} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("check-findings", { count: once.length })}>
        {once.length > 0 ? (
          <>
            <p className="quiet">{t("check-findings-hint")}</p>
            <FindingList
              checks={once}
              advice={advice}
              titleOf={(subject) => names.get(subject) ?? null}
              action={toItem}
            />
          </>
        ) : (
          <p>
            <Data>{t("check-nothing")}</Data>
          </p>
        )}
      </Section>
    </>
  );
}
