import {
  BarChartOutlined,
  BellOutlined,
  DownOutlined,
  InboxOutlined,
  QrcodeOutlined,
  UpOutlined,
} from "@ant-design/icons";
import { Badge, Button, Checkbox, DatePicker, Input, Select } from "antd";
import { type ReactNode, useId, useState } from "react";
import type { CaseLine, CaseState, Scenario, Verdict } from "../../gen/wire";
import { Two } from "../../parts/columns";
import { civil, picked } from "../../parts/days";
import { useTableExport } from "../../parts/ExportTable";
import { DOSSIER_ENDINGS } from "../../parts/kinds";
import { Mark, VerdictMark } from "../../parts/marks";
import { EmptyState, Field, PageHeader, SearchBar } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useSearch } from "../../parts/useSearch";
import { CivilDate, Data, Instant } from "../../parts/values";
import { useChosen, useShown, ViewTools } from "../../parts/views";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { ScenarioName } from "../../parts/words";
import { useArrived, useRoute } from "../../route";
import { useAct, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { type CaseFilter, EVERYTHING } from "./filter";
import { DecisionMark, STATES, StateMark } from "./marks";
import { OnPaper } from "./OnPaper";
import { Overdue } from "./Overdue";
import "./cases.css";

const VERDICTS: Verdict[] = ["failed", "pending", "passed_with_conditions", "passed"];
const SCENARIOS: Scenario[] = [
  "branch_operation",
  "full_relocation",
  "partial_relocation",
  "voucher_redemption",
  "financing",
];

const rowsOf = ({ cases }: { cases: CaseLine[] }) => cases;

/** 台账: every dossier that was taken in. */
export function LedgerPage({ overdue = false, picture }: { overdue?: boolean; picture?: string }) {
  const { t } = useText();
  const host = useHost();
  const { go } = useRoute();
  const { status } = useSession();
  const { filter, search, rows, more, whole, query } = useSearch(
    "cases-filter",
    "cases.list",
    overdue ? { ...EVERYTHING, overdue } : EVERYTHING,
    rowsOf,
  );
  const table = useTableExport("cases.export", t("cases-menu"), (path) => ({
    filter: { ...filter, after: null, limit: 0 },
    path,
  }));
  const receive = useAct("cases.receive");
  const columns = useColumns();
  const shown = useShown("cases", columns);
  const [chosen, choose] = useChosen(search);
  const [looked, look] = useState<string | null>(null);
  useArrived(picture, look);
  const lookUp = async () => {
    const path = await host.chooseFile(t("on-paper-choose"), [
      { name: t("on-paper-kind"), extensions: ["png", "jpg", "jpeg"] },
    ]);
    if (path) look(path);
  };
  const take = async () => {
    const path = await host.chooseFile(t("case-receive"), [
      { name: t("kind-dossier"), extensions: DOSSIER_ENDINGS },
    ]);
    if (path)
      receive.mutate(
        { path, operator: status.settings.operator },
        { onSuccess: ({ line }) => go({ page: "case", id: line.id }) },
      );
  };
  useShortcut("Ctrl+O", "case-receive", () => void take());
  const filtered = JSON.stringify({ ...filter, by_name: false }) !== JSON.stringify(EVERYTHING);
  const notices = status.waiting?.notices ?? 0;
  return (
    <div className="page fills ledger">
      <PageHeader
        title={t("cases-menu")}
        primary={
          <Button
            type="primary"
            icon={<InboxOutlined aria-hidden />}
            loading={receive.isPending}
            onClick={() => void take()}
          >
            {t("case-receive-file")}
          </Button>
        }
        extra={
          <>
            <Badge count={notices} size="small">
              <Button icon={<BellOutlined aria-hidden />} onClick={() => go({ page: "notices" })}>
                {t("notices-title")}
              </Button>
            </Badge>
            <Button
              icon={<BarChartOutlined aria-hidden />}
              onClick={() => go({ page: "month", month: null })}
            >
              {t("month-title")}
            </Button>
            <Button icon={<QrcodeOutlined aria-hidden />} onClick={() => void lookUp()}>
              {t("on-paper")}
            </Button>
            {table.button}
          </>
        }
      />
      {looked !== null && <OnPaper key={looked} picture={looked} onClose={() => look(null)} />}
      <div className="stack">
        {!filter.overdue && <Overdue onShow={() => search({ ...EVERYTHING, overdue: true })} />}
        <Search
          key={`${filter.overdue} ${chosen}`}
          filter={filter}
          onSearch={(typed) => search({ ...typed, by_name: filter.by_name })}
          tools={<ViewTools table="cases" columns={columns} filter={filter} onSearch={choose} />}
        />
        {receive.error && <RefusalAlert refusal={receive.error.refusal} />}
        {table.note}
        {query.error && <RefusalAlert refusal={query.error.refusal} again={() => void query.refetch()} />}
      </div>
      <WindowedTable
        key={JSON.stringify({ ...filter, by_name: false })}
        name={t("cases-menu")}
        columns={shown}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go({ page: "case", id })}
        byName={{
          key: "firm",
          on: filter.by_name,
          turn: () => search({ ...filter, by_name: !filter.by_name }),
        }}
        more={more}
        whole={whole}
        busy={query.isFetching}
        lines={2}
        empty={
          filtered ? (
            <EmptyState
              title={t("cases-none-found")}
              hint={t("cases-none-found-hint")}
              action={<Button onClick={() => choose(EVERYTHING)}>{t("reset")}</Button>}
            />
          ) : (
            <EmptyState
              icon={<InboxOutlined aria-hidden />}
              title={t("cases-none")}
              hint={t("cases-none-hint")}
            />
          )
        }
      />
    </div>
  );
}

interface SearchProps {
  filter: CaseFilter;
  onSearch: (filter: CaseFilter) => void;
  tools: ReactNode;
}

function Search({ filter, onSearch, tools }: SearchProps) {
  const { t } = useText();
  const id = useId();
  const [typed, setTyped] = useState(filter);
  const [all, setAll] = useState(
    filter.scenario !== null || filter.from !== null || filter.to !== null || filter.overdue,
  );
  const change = (part: Partial<CaseFilter>) => setTyped({ ...typed, ...part });
  return (
    <SearchBar
      onSearch={() => onSearch(typed)}
      onReset={() => {
        setTyped(EVERYTHING);
        onSearch(EVERYTHING);
      }}
      extra={
        <>
          <Button
            type="link"
            icon={all ? <UpOutlined aria-hidden /> : <DownOutlined aria-hidden />}
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {t(all ? "search-fewer" : "search-more")}
          </Button>
          {tools}
        </>
      }
    >
      <div className="wide">
        <Field label={t("cases-text")} id={`${id}-text`}>
          <Input
            id={`${id}-text`}
            allowClear
            placeholder={t("cases-text-example")}
            value={typed.text}
            onChange={({ target }) => change({ text: target.value })}
          />
        </Field>
      </div>
      <Field label={t("case-state")} id={`${id}-states`}>
        <Select<CaseState[]>
          id={`${id}-states`}
          mode="multiple"
          allowClear
          maxTagCount={1}
          placeholder={t("any")}
          value={typed.states}
          onChange={(states) => change({ states })}
          options={STATES.map((value) => ({ value, label: t(`case-state-${value}`) }))}
        />
      </Field>
      <Field label={t("verdict")} id={`${id}-verdicts`}>
        <Select<Verdict[]>
          id={`${id}-verdicts`}
          mode="multiple"
          allowClear
          maxTagCount={1}
          placeholder={t("any")}
          value={typed.verdicts}
          onChange={(verdicts) => change({ verdicts })}
          options={VERDICTS.map((value) => ({ value, label: t(`verdict-${value}`) }))}
        />
      </Field>
      {all && (
        <>
          <Field label={t("case-scenario")} id={`${id}-scenario`}>
            <Select<Scenario | null>
              id={`${id}-scenario`}
              allowClear
              placeholder={t("any")}
              value={typed.scenario}
              onChange={(scenario) => change({ scenario: scenario ?? null })}
              options={SCENARIOS.map((value) => ({ value, label: t(`scenario-${value}`) }))}
            />
          </Field>
          <Field label={t("cases-from")} id={`${id}-from`}>
            <DatePicker
              id={`${id}-from`}
              value={picked(typed.from)}
              onChange={(date) => change({ from: civil(date) })}
            />
          </Field>
          <Field label={t("cases-to")} id={`${id}-to`}>
            <DatePicker
              id={`${id}-to`}
              value={picked(typed.to)}
              onChange={(date) => change({ to: civil(date) })}
            />
          </Field>
          <Field label={t("cases-overdue")} id={`${id}-overdue`}>
            <Checkbox
              id={`${id}-overdue`}
              checked={typed.overdue}
              onChange={({ target }) => change({ overdue: target.checked })}
            >
              {t("cases-overdue-only")}
            </Checkbox>
          </Field>
        </>
      )}
    </SearchBar>
  );
}

function useColumns(): Column<CaseLine>[] {
  const { t, language } = useText();
  // The same words take more room in English.
  const english = language === "en";
  return [
    {
      key: "number",
      title: t("case-number"),
      width: "138px",
      cell: ({ number, received }) => (
        <Two first={<Data>{number}</Data>} second={<Instant at={received} />} />
      ),
    },
    {
      key: "firm",
      title: t("case-firm"),
      width: english ? "minmax(244px, 3fr)" : "minmax(256px, 3fr)",
      cell: ({ firm_name, firm_uscc }) => (
        <Two
          first={<Data>{firm_name}</Data>}
          second={
            <code>
              <Data>{firm_uscc}</Data>
            </code>
          }
        />
      ),
    },
    {
      key: "matter",
      title: t("case-scenario"),
      width: english ? "minmax(138px, 2fr)" : "minmax(120px, 2fr)",
      cell: ({ scenario, route }) => (
        <Two first={<ScenarioName scenario={scenario} />} second={<Data>{route}</Data>} />
      ),
    },
    {
      key: "state",
      title: t("case-state"),
      width: "112px",
      cell: ({ state, due, overdue }) => (
        <Two
          first={<StateMark state={state} />}
          second={
            due && (
              <>
                {overdue ? <Mark tone="fail">{t("case-overdue")}</Mark> : t("until")} <CivilDate date={due} />
              </>
            )
          }
        />
      ),
    },
    {
      key: "verdict",
      title: t("verdict"),
      width: english ? "180px" : "124px",
      cell: ({ verdict, moved }) => (
        <Two
          first={<VerdictMark verdict={verdict} />}
          second={moved && <strong className="moved">{t("case-moved")}</strong>}
        />
      ),
    },
    {
      key: "outcome",
      title: t("decision"),
      width: "130px",
      under: "verdict",
      cell: ({ outcome }) =>
        outcome ? (
          <span className="wraps">
            <DecisionMark outcome={outcome} />
          </span>
        ) : (
          <span className="quiet">—</span>
        ),
    },
  ];
}
