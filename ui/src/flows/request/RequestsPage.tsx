import { ImportOutlined, MailOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useState } from "react";
import type { RequestLine } from "../../gen/wire";
import { Belongs } from "../../parts/Belongs";
import { isDecision } from "../../parts/kinds";
import { Mark } from "../../parts/marks";
import { useChecklistName } from "../../parts/names";
import { EmptyState, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useForms } from "../../parts/useForms";
import { Data, Instant } from "../../parts/values";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useArrived, useRoute } from "../../route";
import { useAct, useAsk, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { useSend } from "../sync/useSend";
import { useSync } from "../sync/useSync";

const NONE: RequestLine[] = [];
const nothing = () => undefined;

/** 请求: what destinations ask of the firm, or what this incubator asks of firms; decisions come in here too. */
export function RequestsPage({ from, as }: { from?: string; as?: "zzdecision" | "zzrequest" }) {
  const { t } = useText();
  const { status } = useSession();
  return status.profile?.role === "incubator" ? (
    <Made title={t("requests-made")} />
  ) : (
    <Came from={from} isDecision={from !== undefined && (as ? as === "zzdecision" : isDecision(from))} />
  );
}

function Made({ title }: { title: string }) {
  const { t } = useText();
  const { go } = useRoute();
  const add = () => go({ page: "newRequest" });
  const send = useSend("request");
  const forms = useForms(null);
  useShortcut("Ctrl+N", "request-new", add);
  return (
    <div className="page fills">
      <PageHeader
        title={title}
        primary={
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={add}>
            {t("request-new")}
          </Button>
        }
        extra={forms.button}
      />
      <div className="stack">
        {send.note}
        {forms.note}
      </div>
      <List hint={t("requests-made-none-hint")} send={send.button} />
    </div>
  );
}

function Came({ from, isDecision }: { from: string | undefined; isDecision: boolean }) {
  const { t } = useText();
  const host = useHost();
  const { go } = useRoute();
  const take = useAct("request.import");
  const decision = useAct("draft.import_decision");
  const begin = useAct("draft.begin");
  const [cannot, setCannot] = useState<"request-over-means" | "request-answered-gone" | null>(null);
  const pick = async (name: string, extension: string) =>
    host.chooseFile(name, [{ name, extensions: [extension] }]);
  const takeRequest = async () => {
    const path = await pick(t("request-import"), "zzrequest");
    if (path) take.mutate({ path });
  };
  const importDecision = (path: string) =>
    decision.mutate(
      { path },
      { onSuccess: ({ draft_id }) => draft_id && go({ page: "draft", id: draft_id }) },
    );
  useArrived(from, (path) => (isDecision ? importDecision(path) : take.mutate({ path })));
  const takeDecision = async () => {
    const path = await pick(t("decision-import"), "zzdecision");
    if (path) importDecision(path);
  };
  const answer = (line: RequestLine) => {
    if (line.ours) return;
    if (line.answered && line.draft_id) {
      go({ page: "draft", id: line.draft_id });
      return;
    }
    if (line.answered || line.over) {
      setCannot(line.answered ? "request-answered-gone" : "request-over-means");
      return;
    }
    const unasked = {
      scenario: null,
      destination_region: null,
      aud: null,
      checklist_id: null,
      pack_id: null,
    };
    begin.mutate(
      { request_id: line.id, ...unasked },
      { onSuccess: ({ line: { id } }) => go({ page: "draft", id }) },
    );
  };
  useShortcut("Ctrl+O", "request-import", () => void takeRequest());
  const failed = take.error ?? decision.error ?? begin.error;
  const file = take.error ? take.variables?.path : decision.error && decision.variables?.path;
  return (
    <div className="page fills">
      <PageHeader
        title={t("requests-came")}
        lead={t("requests-came-lead")}
        primary={
          <Button
            type="primary"
            icon={<ImportOutlined aria-hidden />}
            loading={take.isPending}
            onClick={() => void takeRequest()}
          >
            {t("request-import")}
          </Button>
        }
        extra={
          <Button loading={decision.isPending} onClick={() => void takeDecision()}>
            {t("decision-import")}
          </Button>
        }
      />
      <div className="stack">
        {failed && (
          <RefusalAlert
            refusal={failed.refusal}
            action={file && <Belongs refusal={failed.refusal} path={file} />}
          />
        )}
        {take.data && (
          <Alert
            type="success"
            showIcon
            title={t(take.data.answered ? "request-came-answered" : "request-came")}
          />
        )}
        {cannot && <Alert type="info" showIcon title={t(cannot)} />}
        {decision.data && decision.data.draft_id === null && (
          <Alert type="warning" showIcon title={t("decision-of-none", { by: decision.data.by })} />
        )}
      </div>
      <List hint={t("requests-came-none-hint")} onOpen={answer} />
    </div>
  );
}

interface Listed {
  hint: string;
  onOpen?: (line: RequestLine) => void;
  /** What sends a request through the hub; nothing without one. */
  send?: ReturnType<typeof useSend>["button"];
}

function List({ hint, onOpen, send }: Listed) {
  const { t } = useText();
  const asked = useAsk("request.list", {});
  const columns = useColumns(send);
  if (asked.error) return <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />;
  return (
    <WindowedTable
      name={t("requests-menu")}
      columns={columns}
      rows={asked.data?.requests ?? NONE}
      rowKey={({ id }) => id}
      {...(onOpen ? { onOpen } : {})}
      more={nothing}
      whole
      busy={asked.isFetching}
      empty={<EmptyState icon={<MailOutlined aria-hidden />} title={t("requests-none")} hint={hint} />}
    />
  );
}

function useColumns(send: Listed["send"]): Column<RequestLine>[] {
  const { t } = useText();
  const { data: sync } = useSync();
  const nameOf = useChecklistName();
  return [
    {
      key: "other",
      title: t("request-other"),
      width: "minmax(220px, 2fr)",
      by: ({ other }) => other ?? "",
      cell: ({ other }) => (other ? <Data>{other}</Data> : t("request-anybody")),
    },
    {
      key: "scenario",
      title: t("request-scenario"),
      width: "120px",
      under: "checklist",
      cell: ({ scenario }) => t(`scenario-${scenario}`),
    },
    {
      key: "checklist",
      title: t("request-checklist"),
      width: "minmax(140px, 1fr)",
      by: ({ checklist_id }) => nameOf(checklist_id) ?? checklist_id,
      cell: ({ checklist_id }) => <Data>{nameOf(checklist_id) ?? checklist_id}</Data>,
    },
    {
      key: "expires",
      title: t("request-expires"),
      width: "150px",
      by: ({ expires }) => expires,
      cell: ({ expires }) => <Instant at={expires} />,
    },
    { key: "state", title: t("request-state"), width: "120px", cell: (line) => <State line={line} /> },
    ...(send && sync?.hub
      ? [
          {
            key: "send",
            title: t("request-send"),
            width: "170px",
            // One that is for anybody has no recipient.
            cell: ({ id, other, over, answered, queued }: RequestLine) =>
              other && !over && !answered ? send([id], queued, other) : null,
          },
        ]
      : []),
  ];
}

function State({ line }: { line: RequestLine }) {
  const { t } = useText();
  if (line.answered) return <Mark tone="pass">{t("request-answered")}</Mark>;
  return line.over ? (
    <Mark tone="none">{t("request-over")}</Mark>
  ) : (
    <Mark tone="info">{t("request-open")}</Mark>
  );
}
