import { CloseCircleFilled } from "@ant-design/icons";
import { Alert, Button, Select } from "antd";
import { useState } from "react";
import type { CellProblem, ColumnChoice, LeftOut, RosterField, RosterPreview } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { EmptyState, Facts, PageHeader, Section, TableScroll } from "../../parts/page";
import { placed } from "../../parts/placed";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Data } from "../../parts/values";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { WorkBar } from "../../parts/WorkBar";
import { useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import "./register.css";

const FIELDS: RosterField[] = [
  "uscc",
  "name",
  "region",
  "established_on",
  "entered_on",
  "site_address",
  "area_sqm",
  "rd_on_site",
  "field",
  "agreement_no",
  "incubation_deadline",
  "contact_name",
  "contact_phone",
  "former_name",
  "holder_key",
];

/** So many rows are seen at once. */
const FEW = 5;

/** What an import would do, with every bad cell, before anything is written. */
export function RosterPage({ path }: { path: string }) {
  const { t } = useText();
  const [mapping, setMapping] = useState<ColumnChoice[] | null>(null);
  const asked = useAsk("register.preview", { path, mapping });
  if (asked.error)
    return (
      <div className="page">
        <PageHeader title={t("register-import")} />
        <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />
      </div>
    );
  if (!asked.data)
    return (
      <div className="page">
        <EmptyState title={t("roster-reading")} />
      </div>
    );
  return <Preview preview={asked.data} onMapping={setMapping} />;
}

function Preview({
  preview: asked,
  onMapping,
}: {
  preview: RosterPreview;
  onMapping: (mapping: ColumnChoice[]) => void;
}) {
  const { t } = useText();
  const { begin } = useRoute();
  const take = useAct("register.import");
  // Once it is imported the table is read again and has nothing new: what was imported stays on the page.
  const [imported, setImported] = useState<RosterPreview | null>(null);
  const preview = imported ?? asked;
  const left = preview.mapping
    .filter(({ column, field }) => field === null && (preview.headings[column] ?? "") !== "")
    .map(({ column }) => preview.headings[column] ?? "");
  const problems = byRow(preview.problems);
  const usable = preview.new + preview.changed;
  const run = () => {
    if (usable === 0 || imported) return;
    take.mutate({ id: preview.id }, { onSuccess: () => setImported(preview) });
  };
  useShortcut("Ctrl+Enter", "roster-import", run);
  return (
    <div className="page">
      <PageHeader
        title={t("register-import")}
        lead={take.data ? undefined : t("roster-lead")}
        primary={
          take.data ? (
            <Button type="primary" onClick={() => begin({ page: "register" })}>
              {t("roster-done")}
            </Button>
          ) : (
            <Button type="primary" disabled={usable === 0} loading={take.isPending} onClick={run}>
              {t("roster-import", { count: usable })}
            </Button>
          )
        }
      />
      {take.error && <RefusalAlert refusal={take.error.refusal} />}
      {take.isPending && <WorkBar job={take.variables.id} name={t("roster-progress")} />}
      {take.data && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t("roster-imported", { new: take.data.new, changed: take.data.changed })}
        />
      )}
      <Section title={t("roster-result")}>
        <Facts
          rows={[
            [
              t("roster-new"),
              <span key="n" className="figure">
                {preview.new}
              </span>,
            ],
            [
              t("roster-changed"),
              <span key="c" className="figure">
                {preview.changed}
              </span>,
            ],
            [
              t("roster-same"),
              <span key="s" className="figure">
                {preview.same}
              </span>,
            ],
            [
              t("roster-refused"),
              preview.refused > 0 ? (
                <Mark key="r" tone="fail">
                  {String(preview.refused)}
                </Mark>
              ) : (
                <span key="r" className="figure">
                  0
                </span>
              ),
            ],
          ]}
        />
      </Section>
      {!imported && (
        <Section title={t("roster-columns")}>
          {left.length > 0 && (
            <Alert
              type="info"
              showIcon
              title={t("roster-left", { columns: left.join(t("roster-left-and")) })}
              description={t("roster-left-means")}
            />
          )}
          <Columns preview={preview} onMapping={onMapping} />
        </Section>
      )}
      <Section title={t("roster-problems", { count: problems.length })}>
        <Problems preview={preview} rows={problems} />
      </Section>
      <Section title={t("roster-sample")}>
        <TableScroll name={t("roster-sample")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col" className="end">
                  {t("roster-row")}
                </th>
                {placed(preview.headings).map(({ value: heading, key }) => (
                  <th key={key} scope="col">
                    <Data>{heading}</Data>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.sample.map(({ row, cells }) => (
                <tr key={row}>
                  <td className="end figure">{row}</td>
                  {placed(preview.headings).map(({ place: column, key }) => (
                    <td key={key}>
                      <Data>{cells[column] ?? ""}</Data>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      </Section>
    </div>
  );
}

/** Which column holds what; the person corrects what was guessed wrong. */
function Columns({
  preview,
  onMapping,
}: {
  preview: RosterPreview;
  onMapping: (mapping: ColumnChoice[]) => void;
}) {
  const { t } = useText();
  const options = FIELDS.map((value) => ({ value, label: t(`roster-field-${value}`) }));
  return (
    <div className="roster-columns">
      {preview.mapping.map(({ column, field }) => {
        const heading = preview.headings[column] ?? "";
        return (
          <div key={column} className="roster-column">
            <span>
              <Data>{heading || t("roster-unnamed", { column: column + 1 })}</Data>
            </span>
            <Select<RosterField | null>
              allowClear={{ clearIcon: <CloseCircleFilled aria-hidden /> }}
              aria-label={t("roster-holds", { column: heading || String(column + 1) })}
              placeholder={t("roster-left-out")}
              value={field}
              options={options}
              onChange={(chosen) =>
                onMapping(
                  preview.mapping.map((choice) =>
                    choice.column === column
                      ? { column, field: chosen ?? null }
                      : // A field stands in one column.
                        choice.field === chosen
                        ? { ...choice, field: null }
                        : choice,
                  ),
                )
              }
            />
          </div>
        );
      })}
    </div>
  );
}

/** What is left out because of a cell, the most first. */
const MOST_FIRST: LeftOut[] = ["row", "cell", "nothing"];

/** A row of the table with everything that is to be said of its cells. */
interface RowProblems {
  row: number;
  cells: CellProblem[];
}

function byRow(problems: CellProblem[]): RowProblems[] {
  const rows = new Map<number, CellProblem[]>();
  for (const problem of problems) rows.set(problem.row, [...(rows.get(problem.row) ?? []), problem]);
  return [...rows].map(([row, cells]) => ({ row, cells }));
}

/** Every row with a bad cell, once: of any number of them each is reached, and each says all of what is wrong. */
function Problems({ preview, rows }: { preview: RosterPreview; rows: RowProblems[] }) {
  const { t, say } = useText();
  if (rows.length === 0) return <Mark tone="pass">{t("roster-no-problem")}</Mark>;
  const headed = (column: number) => preview.headings[column] || t("roster-unnamed", { column: column + 1 });
  const whole = ({ cells }: RowProblems) =>
    cells.map(({ column, text, problem }) => `${headed(column)} ${text} ${say(problem)}`).join("\n");
  const columns: Column<RowProblems>[] = [
    {
      key: "row",
      title: t("roster-row"),
      width: "64px",
      align: "end",
      cell: ({ row }) => <span className="figure">{row}</span>,
    },
    {
      key: "problem",
      title: t("roster-problem"),
      width: "minmax(420px, 5fr)",
      wraps: true,
      cell: (row) => (
        <span title={whole(row)}>
          {placed(row.cells).map(({ value: { column, text, problem }, key }) => (
            <span key={key} className="roster-remark">
              <span className="quiet">
                <Data>{headed(column)}</Data>
              </span>{" "}
              <Data>{text}</Data> <span>{say(problem)}</span>
            </span>
          ))}
        </span>
      ),
    },
    {
      key: "effect",
      title: t("roster-effect"),
      width: "130px",
      cell: ({ cells }) => {
        const most = MOST_FIRST.find((one) => cells.some(({ left_out }) => left_out === one)) ?? "nothing";
        return <Mark tone={most === "row" ? "fail" : "warning"}>{t(`roster-left-out-${most}`)}</Mark>;
      },
    },
  ];
  return (
    <div className={rows.length > FEW ? "roster-problems long" : "roster-problems"}>
      <WindowedTable
        name={t("roster-problems", { count: rows.length })}
        columns={columns}
        rows={rows}
        rowKey={({ row }) => String(row)}
        lines={3}
        more={() => {}}
        whole
        busy={false}
        empty={null}
      />
    </div>
  );
}
