import { Select } from "antd";
import { type ReactNode, useId, useState } from "react";
import type { CaseVersion, ComparedVersions, ItemChange, PaperLine, ValueChange } from "../../gen/wire";
import { Busy } from "../../parts/Busy";
import { Mark, VerdictMark } from "../../parts/marks";
import { Field, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant } from "../../parts/values";
import { ItemMark, Need } from "../../parts/words";
import { useAsk } from "../../rpc";
import { useText } from "../../text";
import { Differences, type Row } from "./Differences";
import { VersionAttachments } from "./VersionAttachments";
import "./versions.css";

/** Two versions of a case beside each other: the older left, the newer right, and only what differs. */
export function VersionsPage({ id }: { id: string }) {
  const { t } = useText();
  const page = useAsk("cases.get", { id });
  if (!page.data)
    return (
      <div className="page">
        <PageHeader title={t("versions-compare")} />
        {page.error ? <RefusalAlert refusal={page.error.refusal} /> : <Busy />}
      </div>
    );
  const { line, versions } = page.data;
  return (
    <article className="page">
      <PageHeader
        title={t("versions-title", { number: line.number })}
        lead={
          <>
            <Data>{line.firm_name}</Data> · {t("versions-lead")}
          </>
        }
      />
      <Chosen id={id} versions={versions} />
    </article>
  );
}

function Chosen({ id, versions }: { id: string; versions: CaseVersion[] }) {
  const newest = versions.at(-1)?.version ?? 1;
  const [older, setOlder] = useState(Math.max(1, newest - 1));
  const [newer, setNewer] = useState(newest);
  const asked = useAsk("cases.compare", { id, older, newer });
  return (
    <>
      {versions.length > 2 && (
        <div className="row fields">
          <Choice
            name="versions-older"
            value={older}
            versions={versions.filter(({ version }) => version < newer)}
            onChoose={setOlder}
          />
          <Choice
            name="versions-newer"
            value={newer}
            versions={versions.filter(({ version }) => version > older)}
            onChoose={setNewer}
          />
        </div>
      )}
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {!asked.data && !asked.error && <Busy />}
      {asked.data && <Compared key={`${older} ${newer}`} id={id} compared={asked.data} />}
    </>
  );
}

interface ChoiceProps {
  name: "versions-older" | "versions-newer";
  value: number;
  versions: CaseVersion[];
  onChoose: (version: number) => void;
}

function Choice({ name, value, versions, onChoose }: ChoiceProps) {
  const { t } = useText();
  const field = useId();
  return (
    <Field label={t(name)} id={field}>
      <Select
        id={field}
        value={value}
        onChange={onChoose}
        options={versions.map(({ version }) => ({ value: version, label: t("version", { version }) }))}
      />
    </Field>
  );
}

function Compared({ id, compared }: { id: string; compared: ComparedVersions }) {
  const { t, say } = useText();
  const { older, newer, items, credentials, facts } = compared;
  const heads: [ReactNode, ReactNode] = [
    <Head key="older" version={older} />,
    <Head key="newer" version={newer} />,
  ];
  const verdict: Row = {
    key: "verdict",
    what: t("versions-verdict"),
    older: <VerdictMark verdict={older.verdict} chip />,
    newer: <VerdictMark verdict={newer.verdict} chip />,
  };
  return (
    <>
      <Differences name={t("versions-verdict")} heads={heads} rows={[verdict]} same={0} />
      <Differences
        name={t("versions-items")}
        heads={heads}
        rows={items.map((item) => itemRow(item, say(item.title)))}
        same={compared.same_items}
      />
      <Differences
        name={t("versions-credentials")}
        heads={heads}
        rows={credentials.flatMap(({ title, older, newer, lines }, number) => {
          const key = `${number}`;
          return [
            {
              key,
              what: (
                <>
                  <strong>{say(title)}</strong>
                  <Became older={older} newer={newer} />
                </>
              ),
              older: older && <Paper paper={older} />,
              newer: newer && <Paper paper={newer} />,
            },
            ...lines.map((line) => valueRow(line, say(line.label), key)),
          ];
        })}
        same={compared.same_credentials}
      />
      <VersionAttachments id={id} compared={compared} heads={heads} />
      <Differences
        name={t("versions-facts")}
        heads={heads}
        rows={facts.map((fact) => valueRow(fact, say(fact.label), ""))}
        same={compared.same_facts}
      />
    </>
  );
}

/** Which version a column is of. */
function Head({ version: { version, received, file_name } }: { version: CaseVersion }) {
  const { t } = useText();
  return (
    <>
      {t("version", { version })}
      <span className="quiet compare-file">
        <Instant at={received} /> · <Data>{file_name}</Data>
      </span>
    </>
  );
}

const itemRow = ({ required, older, newer }: ItemChange, title: string): Row => ({
  key: title,
  what: (
    <>
      {title} <Need required={required} />
    </>
  ),
  older: older && <ItemMark state={older} required={required} />,
  newer: newer && <ItemMark state={newer} required={required} />,
});

const valueRow = ({ older, newer }: ValueChange, label: string, of: string): Row => ({
  key: `${of} ${label}`,
  what: <span className={of ? "compare-inner" : ""}>{label}</span>,
  older: older && <Data>{older}</Data>,
  newer: newer && <Data>{newer}</Data>,
});

/** What became of a paper from one version to the next. */
function Became({ older, newer }: { older: PaperLine | null; newer: PaperLine | null }) {
  const { t } = useText();
  if (!older) return <Mark tone="info">{t("versions-added")}</Mark>;
  if (!newer) return <Mark tone="warning">{t("versions-removed")}</Mark>;
  return (
    <Mark tone="info">{t(older.number === newer.number ? "versions-changed" : "versions-replaced")}</Mark>
  );
}

function Paper({ paper: { number, valid_until, verdict } }: { paper: PaperLine }) {
  const { t } = useText();
  return (
    <div className="compare-paper">
      {number && <Data>{t("versions-number", { number })}</Data>}
      {valid_until && <span>{t("versions-valid", { day: valid_until })}</span>}
      <VerdictMark verdict={verdict} />
    </div>
  );
}
