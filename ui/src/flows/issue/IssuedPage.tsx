import { AuditOutlined, ExportOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import type { CredentialStatus, FindIssued, IssuedLine } from "../../gen/wire";
import { AfterRestore, RecoverLater, useUnsettled } from "../../parts/AfterRestore";
import { useTableExport } from "../../parts/ExportTable";
import { ListSearch } from "../../parts/ListSearch";
import { EmptyState, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useSearch } from "../../parts/useSearch";
import { CivilDate, Data, Instant, ProvenanceTag } from "../../parts/values";
import { useChosen, useShown, ViewTools } from "../../parts/views";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useRoute } from "../../route";
import { useText } from "../../text";
import { ExportList } from "./ExportList";
import { IssuedCard } from "./IssuedCard";
import { ListNotice } from "./ListNotice";
import { STATUSES, StatusMark } from "./marks";
import "./issue.css";

type Filter = Omit<FindIssued, "after" | "limit">;

const EVERYTHING: Filter = { text: "", kind: null, status: null, firm: null, by_name: false };
const rowsOf = ({ credentials }: { credentials: IssuedLine[] }) => credentials;

/** 已签发: every credential of this incubator, and its status. */
export function IssuedPage() {
  const { t } = useText();
  const { go } = useRoute();
  const { filter, search, rows, more, whole, query } = useSearch(
    "issued-filter",
    "issue.list",
    EVERYTHING,
    rowsOf,
  );
  const [open, setOpen] = useState<IssuedLine | null>(null);
  const [exporting, setExporting] = useState(false);
  const table = useTableExport("issue.export_table", t("issued-menu"), (path) => ({
    filter: { ...filter, after: null, limit: 0 },
    path,
  }));
  const columns = useColumns();
  const shown = useShown("issued", columns);
  const [chosen, choose] = useChosen(search);
  const begin = () => go({ page: "issue", firms: [] });
  useShortcut("Ctrl+N", "issue-title", begin);
  const filtered = JSON.stringify({ ...filter, by_name: false }) !== JSON.stringify(EVERYTHING);
  return (
    <div className="page fills">
      <PageHeader
        title={t("issued-menu")}
        primary={
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={begin}>
            {t("issue-title")}
          </Button>
        }
        extra={
          <>
            <RecoverLater />
            {table.button}
            <Button icon={<ExportOutlined aria-hidden />} onClick={() => setExporting(true)}>
              {t("issued-export-list")}
            </Button>
          </>
        }
      />
      <div className="stack">
        <AfterRestore />
        <ListNotice action={<Button onClick={() => setExporting(true)}>{t("issued-export-list")}</Button>} />
        <ListSearch<CredentialStatus>
          key={chosen}
          label={t("issued-text")}
          example={t("issued-text-example")}
          sought={{ text: filter.text, state: filter.status }}
          states={{
            label: t("issued-status"),
            options: STATUSES.map((value) => ({ value, label: t(`issued-status-${value}`) })),
          }}
          onSearch={({ text, state }) => search({ ...filter, text, status: state })}
          onReset={() => search({ ...EVERYTHING, by_name: filter.by_name })}
          tools={<ViewTools table="issued" columns={columns} filter={filter} onSearch={choose} />}
        />
        {table.note}
        {query.error && <RefusalAlert refusal={query.error.refusal} again={() => void query.refetch()} />}
      </div>
      <WindowedTable
        key={JSON.stringify({ ...filter, by_name: false })}
        name={t("issued-menu")}
        columns={shown}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={(line) => setOpen(line)}
        byName={{
          key: "firm",
          on: filter.by_name,
          turn: () => search({ ...filter, by_name: !filter.by_name }),
        }}
        more={more}
        whole={whole}
        busy={query.isFetching}
        empty={
          filtered ? (
            <EmptyState
              title={t("issued-none-found")}
              hint={t("issued-none-found-hint")}
              action={<Button onClick={() => choose(EVERYTHING)}>{t("reset")}</Button>}
            />
          ) : (
            <EmptyState
              icon={<AuditOutlined aria-hidden />}
              title={t("issued-none")}
              hint={t("issued-none-hint")}
            />
          )
        }
      />
      {open && <IssuedCard line={open} onClose={() => setOpen(null)} />}
      {exporting && <ExportList onClose={() => setExporting(false)} />}
    </div>
  );
}

function useColumns(): Column<IssuedLine>[] {
  const { t, say } = useText();
  const unsettled = useUnsettled();
  return [
    {
      key: "title",
      title: t("issued-title"),
      width: "minmax(196px, 1.2fr)",
      cell: ({ title, provenance }) => (
        <>
          {say(title)} <ProvenanceTag of={provenance} />
        </>
      ),
    },
    {
      key: "number",
      title: t("issued-number"),
      width: "minmax(120px, 1fr)",
      under: "title",
      cell: ({ number }) => (number ? <Data>{number}</Data> : "—"),
    },
    {
      key: "firm",
      title: t("issued-firm"),
      width: "minmax(256px, 2fr)",
      cell: ({ firm_name }) => <Data>{firm_name}</Data>,
    },
    // Before the dates: in large text what stands last is off the table's edge.
    {
      key: "status",
      title: t("issued-status"),
      width: "108px",
      cell: (line) => <StatusMark status={line.status} unsettled={unsettled(line)} />,
    },
    {
      key: "issued",
      title: t("issued-at"),
      width: "136px",
      cell: ({ issued }) => <Instant at={issued} />,
    },
    {
      key: "until",
      title: t("issued-until"),
      width: "96px",
      under: "issued",
      cell: ({ valid_until }) => <CivilDate date={valid_until} />,
    },
  ];
}
