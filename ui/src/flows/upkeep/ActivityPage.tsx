import { Button, DatePicker, Input, Select, Tooltip } from "antd";
import { useId, useMemo, useState } from "react";
import type { ActivityLine, Sentence } from "../../gen/wire";
import { civil, picked } from "../../parts/days";
import { useTableExport } from "../../parts/ExportTable";
import { EmptyState, Field, PageHeader, SearchBar } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant } from "../../parts/values";
import { useChosen } from "../../parts/views";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useKept } from "../../route";
import { useText } from "../../text";
import { type ActivityFilter, useActivity } from "./useActivity";
import "./upkeep.css";

const EVERYTHING: ActivityFilter = { text: "", action: null, from: null, to: null };

/** 操作日志: who did what and when; chained, so that nothing can be taken out of it unseen. */
export function ActivityPage() {
  const { t } = useText();
  const [filter, setFilter] = useKept<ActivityFilter>("activity-filter", EVERYTHING);
  const [chosen, choose] = useChosen(setFilter);
  const { rows, more, whole, query } = useActivity(filter);
  const actions = useActions(rows);
  const table = useTableExport(
    "upkeep.export_activity",
    t("upkeep-activity"),
    (path) => ({ filter: { ...filter, before: null, limit: 0 }, path }),
    "upkeep-activity-export",
  );
  const columns = useColumns();
  const filtered = JSON.stringify(filter) !== JSON.stringify(EVERYTHING);
  return (
    <div className="page fills">
      <PageHeader title={t("upkeep-activity")} lead={t("upkeep-activity-lead")} extra={table.button} />
      <div className="stack">
        <Search key={chosen} filter={filter} actions={actions} onSearch={setFilter} />
        {table.note}
        {query.error && <RefusalAlert refusal={query.error.refusal} again={() => void query.refetch()} />}
      </div>
      <WindowedTable
        key={JSON.stringify(filter)}
        name={t("upkeep-activity")}
        columns={columns}
        rows={rows}
        rowKey={({ seq }) => String(seq)}
        lines={2}
        more={more}
        whole={whole}
        busy={query.isFetching}
        empty={
          filtered ? (
            <EmptyState
              title={t("upkeep-activity-not-found")}
              action={<Button onClick={() => choose(EVERYTHING)}>{t("reset")}</Button>}
            />
          ) : (
            <EmptyState title={t("upkeep-activity-none")} hint={t("upkeep-activity-none-hint")} />
          )
        }
      />
    </div>
  );
}

type Action = [code: string, title: Sentence];

/** The actions that were seen so far; a filter must not take the others out of the choice. */
function useActions(rows: ActivityLine[]): Action[] {
  const [seen, setSeen] = useKept<Action[]>("activity-actions", []);
  const now = useMemo(() => {
    const all = new Map(seen);
    for (const { action, title } of rows) all.set(action, title);
    return [...all];
  }, [seen, rows]);
  if (now.length > seen.length) setSeen(now);
  return now;
}

function Search({
  filter,
  actions,
  onSearch,
}: {
  filter: ActivityFilter;
  actions: Action[];
  onSearch: (filter: ActivityFilter) => void;
}) {
  const { t, say } = useText();
  const id = useId();
  const [typed, setTyped] = useState(filter);
  const change = (part: Partial<ActivityFilter>) => setTyped({ ...typed, ...part });
  return (
    <SearchBar
      onSearch={() => onSearch(typed)}
      onReset={() => {
        setTyped(EVERYTHING);
        onSearch(EVERYTHING);
      }}
    >
      <div className="field wide">
        <Field label={t("upkeep-activity-text")} id={`${id}-text`}>
          <Input
            id={`${id}-text`}
            value={typed.text}
            onChange={({ target }) => change({ text: target.value })}
          />
        </Field>
      </div>
      <Field label={t("upkeep-action")} id={`${id}-action`}>
        <Select<string | null>
          id={`${id}-action`}
          className="activity-action"
          allowClear
          placeholder={t("upkeep-any")}
          value={typed.action}
          onChange={(action) => change({ action: action ?? null })}
          options={actions.map(([value, title]) => ({ value, label: say(title) }))}
        />
      </Field>
      <Field label={t("upkeep-from")} id={`${id}-from`}>
        <DatePicker
          id={`${id}-from`}
          value={picked(typed.from)}
          onChange={(date) => change({ from: civil(date) })}
        />
      </Field>
      <Field label={t("upkeep-to")} id={`${id}-to`}>
        <DatePicker
          id={`${id}-to`}
          value={picked(typed.to)}
          onChange={(date) => change({ to: civil(date) })}
        />
      </Field>
    </SearchBar>
  );
}

/** What an entry is about by its name; whole, with its id in the log, where the pointer or the keyboard asks for it. */
function About({ line: { about, object, action } }: { line: ActivityLine }) {
  const { say } = useText();
  if (!about) return <span className="quiet">—</span>;
  return (
    <Tooltip
      trigger={["hover", "focus"]}
      title={
        <>
          <p>{say(about)}</p>
          <code>{action}</code> <Data>{object}</Data>
        </>
      }
    >
      <button type="button" className="activity-about">
        {say(about)}
      </button>
    </Tooltip>
  );
}

function useColumns(): Column<ActivityLine>[] {
  const { t, say } = useText();
  return [
    {
      key: "seq",
      title: t("upkeep-seq"),
      width: "56px",
      under: "at",
      align: "end",
      cell: ({ seq }) => <span className="figure">{seq}</span>,
    },
    { key: "at", title: t("upkeep-at"), width: "140px", cell: ({ at }) => <Instant at={at} /> },
    {
      key: "actor",
      title: t("upkeep-actor"),
      width: "minmax(120px, 1fr)",
      cell: ({ actor }) => (actor === "" ? <span className="quiet">—</span> : <Data>{actor}</Data>),
    },
    {
      key: "done",
      title: t("upkeep-action"),
      width: "minmax(200px, 3fr)",
      wraps: true,
      cell: ({ done }) => <span title={say(done)}>{say(done)}</span>,
    },
    {
      key: "about",
      title: t("upkeep-object"),
      width: "minmax(160px, 3fr)",
      wraps: true,
      cell: (line) => <About line={line} />,
    },
    {
      key: "reason",
      title: t("upkeep-reason"),
      width: "minmax(100px, 2fr)",
      under: "about",
      wraps: true,
      cell: ({ reason }) =>
        reason === null ? (
          <span className="quiet">—</span>
        ) : (
          <span title={reason}>
            <Data>{reason}</Data>
          </span>
        ),
    },
    {
      key: "hash",
      title: t("upkeep-hash"),
      width: "88px",
      under: "at",
      cell: ({ hash }) => <code>{hash}</code>,
    },
  ];
}
