import { FolderOpenOutlined, StopOutlined } from "@ant-design/icons";
import { Alert, Button, Progress } from "antd";
import { useEffect, useRef } from "react";
import type { BatchLine, Verdict } from "../../gen/wire";
import { isOfOtherFile } from "../../parts/Belongs";
import { Two } from "../../parts/columns";
import { useTableExport } from "../../parts/ExportTable";
import { Mark, VerdictMark } from "../../parts/marks";
import { EmptyState, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Data } from "../../parts/values";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useKept, useRoute } from "../../route";
import { useAct, useHost, useWork } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import "./verify.css";

/** What came of a file: a verdict, or that it could not be verified, or is no dossier. */
type Result = Verdict | "unread" | "strange";

/** Failures first; what has no verdict at all is the first of them. */
const ORDER: Result[] = ["unread", "strange", "failed", "pending", "passed_with_conditions", "passed"];

const resultOf = ({ verdict, code }: BatchLine): Result =>
  verdict ?? (code !== null && isOfOtherFile(code) ? "strange" : "unread");

const sorted = (lines: BatchLine[]): BatchLine[] =>
  [...lines].sort((a, b) => ORDER.indexOf(resultOf(a)) - ORDER.indexOf(resultOf(b)));

const isSealed = ({ code }: BatchLine) => code === "SEAL-IDENTITY";

/**
 * A folder of dossiers: progress, cancel, failures first, export. Where sealed ones were left because the database was
 * locked, the folder is verified again as soon as it is open.
 */
export function BatchPage({ path }: { path: string | null }) {
  const { t } = useText();
  const host = useHost();
  const { go, begin } = useRoute();
  const { database } = useSession().status;
  const [job, setJob] = useKept<string | null>("batch-job", null);
  const [stopped, setStopped] = useKept("batch-stopped", false);
  const [locked, setLocked] = useKept("batch-locked", false);
  const start = useAct("verify.folder");
  const cancel = useAct("session.stop");
  const work = useWork(job);
  const begun = useRef(false);
  const run = (folder: string) => {
    setStopped(false);
    setLocked(database === "locked");
    start.mutate({ path: folder, identity: null }, { onSuccess: (answer) => setJob(answer.job) });
  };
  const lines = sorted(work.lines);
  const table = useTableExport("verify.export_batch", t("batch-title"), (path) => ({ lines, path }));
  const running = job !== null && work.summary === null && !stopped;
  const others = work.summary?.others ?? 0;
  const sealed = locked && work.summary !== null && !stopped ? lines.filter(isSealed).length : 0;
  useEffect(() => {
    if (path === null || begun.current) return;
    if (job !== null && (sealed === 0 || database !== "open")) return;
    // Once for each opening of the page, even where effects are run twice.
    begun.current = true;
    run(path);
  });
  const choose = async () => {
    const folder = await host.chooseFolder(t("batch-choose"));
    if (folder) begin({ page: "batch", path: folder });
  };
  useShortcut("F5", "verify-again", () => path && run(path), work.summary !== null);
  const stop = () => {
    if (job) cancel.mutate({ job }, { onSuccess: () => setStopped(true) });
  };
  return (
    <div className="page fills batch">
      <PageHeader
        title={t("batch-title")}
        lead={path && <Data>{path}</Data>}
        primary={
          running ? (
            <Button danger icon={<StopOutlined aria-hidden />} loading={cancel.isPending} onClick={stop}>
              {t("work-stop")}
            </Button>
          ) : (
            <Button type="primary" icon={<FolderOpenOutlined aria-hidden />} onClick={() => void choose()}>
              {t("batch-choose")}
            </Button>
          )
        }
        extra={lines.length > 0 && table.button}
      />
      <div className="stack">
        {[start, cancel].map(
          ({ error }) => error && <RefusalAlert key={error.message} refusal={error.refusal} />,
        )}
        {sealed > 0 && database === "locked" && (
          <Alert
            type="info"
            showIcon
            role="alert"
            title={t("batch-sealed", { count: sealed })}
            description={t("batch-sealed-next")}
            action={
              <Button type="primary" onClick={() => go({ page: "unlock" })}>
                {t("gate-unlock")}
              </Button>
            }
          />
        )}
        {table.note}
        {job !== null && (
          <Section>
            <Progress
              aria-label={t("batch-progress")}
              percent={work.total === 0 ? 0 : Math.floor((100 * work.done) / work.total)}
              status={running ? "active" : work.summary?.cancelled || stopped ? "exception" : "success"}
              format={() => `${work.done} / ${work.total}`}
            />
            <Tally
              lines={lines}
              state={running ? "running" : work.summary?.cancelled || stopped ? "stopped" : "done"}
            />
            {others > 0 && <p className="quiet">{t("batch-others", { count: others })}</p>}
          </Section>
        )}
      </div>
      <WindowedTable
        name={t("batch-title")}
        columns={useColumns()}
        rows={lines}
        rowKey={({ path: key }) => key}
        onOpen={(line) => go({ page: "verify", path: line.path })}
        lines={3}
        more={() => {}}
        whole
        busy={start.isPending}
        empty={<EmptyState title={t(path ? "batch-none" : "batch-choose-first")} hint={t("batch-hint")} />}
      />
    </div>
  );
}

function Tally({ lines, state }: { lines: BatchLine[]; state: "running" | "stopped" | "done" }) {
  const { t } = useText();
  return (
    <p className="row batch-tally" aria-live="polite">
      <strong>{t(`batch-${state}`)}</strong>
      {ORDER.map((result) => {
        const count = lines.filter((line) => resultOf(line) === result).length;
        if (count === 0) return null;
        return (
          <span key={result} className="row">
            <ResultMark result={result} />
            <span className="figure">{count}</span>
          </span>
        );
      })}
    </p>
  );
}

function ResultMark({ result }: { result: Result }) {
  const { t } = useText();
  if (result === "unread" || result === "strange") return <Mark tone="pending">{t(`batch-${result}`)}</Mark>;
  return <VerdictMark verdict={result} />;
}

function useColumns(): Column<BatchLine>[] {
  const { t, say } = useText();
  return [
    {
      key: "verdict",
      title: t("verdict"),
      width: "140px",
      cell: (line) => <ResultMark result={resultOf(line)} />,
    },
    {
      key: "name",
      title: `${t("batch-file")} · ${t("batch-firm")}`,
      width: "minmax(260px, 2fr)",
      cell: ({ name, firm, path }) => (
        <span title={path}>
          <Two first={<Data>{name}</Data>} second={firm && <Data>{firm}</Data>} />
        </span>
      ),
    },
    {
      key: "reason",
      title: t("batch-reason"),
      width: "minmax(300px, 3fr)",
      wraps: true,
      cell: ({ reason, path, name }) =>
        reason ? <span title={say(reason)}>{say(reason).replaceAll(path, name)}</span> : "—",
    },
    {
      key: "code",
      title: t("batch-code"),
      width: "150px",
      under: "verdict",
      cell: ({ code }) => code && <code className="code">{code}</code>,
    },
  ];
}
