import { ImportOutlined, PlusOutlined, TeamOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { FindFirms, Firm, FirmState } from "../../gen/wire";
import { useTableExport } from "../../parts/ExportTable";
import { ListSearch } from "../../parts/ListSearch";
import { Mark } from "../../parts/marks";
import { EmptyState, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useSearch } from "../../parts/useSearch";
import { CivilDate, Data } from "../../parts/values";
import { useChosen, useShown, ViewTools } from "../../parts/views";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useRoute } from "../../route";
import { useHost } from "../../rpc";
import { useText } from "../../text";
import { FirmMark, STATES } from "./marks";

type Filter = Omit<FindFirms, "after" | "limit">;

const EVERYTHING: Filter = { text: "", state: null, by_name: false };
const rowsOf = ({ firms }: { firms: Firm[] }) => firms;

/** 名册: the firms of this incubator. */
export function RegisterPage() {
  const { t } = useText();
  const host = useHost();
  const { go } = useRoute();
  const { filter, search, rows, more, whole, first, query } = useSearch(
    "register-filter",
    "register.list",
    EVERYTHING,
    rowsOf,
  );
  const table = useTableExport("register.export", t("register-menu"), (path) => ({
    filter: { ...filter, after: null, limit: 0 },
    path,
  }));
  const columns = useColumns();
  const shown = useShown("firms", columns);
  const [chosen, choose] = useChosen(search);
  const importing = async () => {
    const tables = { name: t("register-tables"), extensions: ["xlsx", "xls", "ods", "csv"] };
    const path = await host.chooseFile(t("register-import"), [tables]);
    if (path) go({ page: "roster", path });
  };
  const add = () => go({ page: "firm", id: null });
  useShortcut("Ctrl+N", "register-add", add);
  useShortcut("Ctrl+O", "register-import", () => void importing());
  const filtered = filter.text !== "" || filter.state !== null;
  return (
    <div className="page fills">
      <PageHeader
        title={t("register-menu")}
        lead={first && t("register-total", { count: first.total })}
        primary={
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={add}>
            {t("register-add")}
          </Button>
        }
        extra={
          <>
            <Button icon={<ImportOutlined aria-hidden />} onClick={() => void importing()}>
              {t("register-import")}
            </Button>
            {table.button}
          </>
        }
      />
      <div className="stack">
        <ListSearch<FirmState>
          key={chosen}
          label={t("register-text")}
          example={t("register-text-example")}
          sought={filter}
          states={{
            label: t("firm-state"),
            options: STATES.map((value) => ({ value, label: t(`firm-state-${value}`) })),
          }}
          onSearch={(sought) => search({ ...filter, ...sought })}
          onReset={() => search({ ...EVERYTHING, by_name: filter.by_name })}
          tools={<ViewTools table="firms" columns={columns} filter={filter} onSearch={choose} />}
        />
        {table.note}
        {query.error && <RefusalAlert refusal={query.error.refusal} again={() => void query.refetch()} />}
      </div>
      <WindowedTable
        key={JSON.stringify({ ...filter, by_name: false })}
        name={t("register-menu")}
        columns={shown}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go({ page: "firm", id })}
        byName={{
          key: "name",
          on: filter.by_name,
          turn: () => search({ ...filter, by_name: !filter.by_name }),
        }}
        more={more}
        whole={whole}
        busy={query.isFetching}
        empty={
          filtered ? (
            <EmptyState
              title={t("register-none-found")}
              hint={t("register-none-found-hint")}
              action={<Button onClick={() => choose(EVERYTHING)}>{t("reset")}</Button>}
            />
          ) : (
            <EmptyState
              icon={<TeamOutlined aria-hidden />}
              title={t("register-none")}
              hint={t("register-none-hint")}
            />
          )
        }
      />
    </div>
  );
}

function useColumns(): Column<Firm>[] {
  const { t } = useText();
  return [
    {
      key: "name",
      title: t("firm-name"),
      width: "minmax(256px, 3fr)",
      cell: ({ name }) => <Data>{name}</Data>,
    },
    {
      key: "uscc",
      title: t("uscc"),
      width: "164px",
      under: "name",
      cell: ({ uscc }) => (
        <code>
          <Data>{uscc}</Data>
        </code>
      ),
    },
    {
      key: "entered",
      title: t("firm-entered_on"),
      width: "96px",
      cell: ({ entered_on }) => <CivilDate date={entered_on} />,
    },
    {
      key: "deadline",
      title: t("firm-incubation_deadline"),
      width: "104px",
      cell: ({ incubation_deadline }) => <CivilDate date={incubation_deadline} />,
    },
    {
      key: "field",
      title: t("firm-field"),
      width: "minmax(72px, 1fr)",
      cell: ({ field }) => (field ? <Data>{field}</Data> : "—"),
    },
    {
      key: "key",
      title: t("issue-key"),
      width: "92px",
      cell: ({ holder_jwk }) => (
        <Mark tone={holder_jwk ? "pass" : "warning"}>
          {t(holder_jwk ? "issue-key-there" : "issue-key-missing")}
        </Mark>
      ),
    },
    {
      key: "issued",
      title: t("firm-issued"),
      width: "64px",
      align: "end",
      cell: ({ issued }) => <span className="figure">{issued}</span>,
    },
    { key: "state", title: t("firm-state"), width: "92px", cell: ({ state }) => <FirmMark state={state} /> },
  ];
}
