import { EditOutlined, IdcardOutlined, ImportOutlined, KeyOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import type { HeldLine } from "../../gen/wire";
import { useTableExport } from "../../parts/ExportTable";
import { KeyFingerprint } from "../../parts/KeyFingerprint";
import { isCredential } from "../../parts/kinds";
import { ListSearch } from "../../parts/ListSearch";
import { fileName } from "../../parts/names";
import { EmptyState, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Data, ProvenanceTag } from "../../parts/values";
import { useChosen } from "../../parts/views";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { WrittenNote } from "../../parts/written";
import { useArrived, useKept, useRoute } from "../../route";
import { useAct, useAsk, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useDropTarget } from "../../shell/drop";
import { useText } from "../../text";
import { DaysLeft, StandingMark, Until } from "./marks";

const NONE: HeldLine[] = [];
const nothing = () => undefined;

/** 资质凭证: what the firm keeps; what ends first stands first. */
export function HoldPage({ from }: { from?: string[] }) {
  const { t } = useText();
  const host = useHost();
  const { go } = useRoute();
  const [text, setText] = useKept("held-text", "");
  const [times, seek] = useChosen(setText);
  const asked = useAsk("hold.list", { text });
  const take = useAct("hold.import");
  const key = useAct("hold.export_key");
  const print = useAsk("hold.fingerprint", key.data ? {} : null);
  const { status } = useSession();
  const table = useTableExport("hold.export", t("hold-menu"), (path) => ({ filter: { text }, path }));
  const columns = useColumns();
  const importAll = (paths: string[]) => take.mutate({ paths });
  useArrived(from, importAll);
  const choose = async () => {
    const paths = await host.chooseFiles(t("hold-import"), [
      { name: t("kind-credential"), extensions: ["zzcred"] },
    ]);
    if (paths.length > 0) importAll(paths);
  };
  const exportKey = async () => {
    const name = fileName(`${status.profile?.name ?? ""}${t("hold-key-file")}`);
    const path = await host.saveAs(t("hold-key"), `${name}.jwk`, {
      name: "JWK",
      extensions: ["jwk"],
    });
    if (path) key.mutate({ path });
  };
  useDropTarget((paths) => {
    const credentials = paths.filter(isCredential);
    if (credentials.length > 0) importAll(credentials);
    return credentials.length > 0;
  });
  useShortcut("Ctrl+O", "hold-import", () => void choose());
  useShortcut("Ctrl+N", "hold-declare", () => go({ page: "declare" }));
  return (
    <div className="page fills">
      <PageHeader
        title={t("hold-menu")}
        lead={t("hold-lead")}
        primary={
          <Button
            type="primary"
            icon={<ImportOutlined aria-hidden />}
            loading={take.isPending}
            onClick={() => void choose()}
          >
            {t("hold-import")}
          </Button>
        }
        extra={
          <>
            <Button icon={<EditOutlined aria-hidden />} onClick={() => go({ page: "declare" })}>
              {t("hold-declare")}
            </Button>
            <Button
              icon={<KeyOutlined aria-hidden />}
              loading={key.isPending}
              onClick={() => void exportKey()}
            >
              {t("hold-key")}
            </Button>
            {table.button}
          </>
        }
      />
      <div className="stack">
        <ListSearch
          key={times}
          label={t("held-text")}
          example={t("held-text-example")}
          sought={{ text, state: null }}
          onSearch={({ text }) => setText(text)}
          onReset={() => setText("")}
        />
        {table.note}
        {take.error && <RefusalAlert refusal={take.error.refusal} />}
        {take.data && take.data.imported.length > 0 && (
          <Alert
            type="success"
            showIcon
            role="status"
            title={t("hold-imported", { count: take.data.imported.length })}
          />
        )}
        {take.data?.refused.map(({ path, refusal }) => (
          <div key={path} className="stack">
            <Data>{path}</Data>
            <RefusalAlert refusal={refusal} />
          </div>
        ))}
        {key.error && <RefusalAlert refusal={key.error.refusal} />}
        {key.data && print.data && <KeyFingerprint text={print.data.text} />}
        {key.data && <WrittenNote written={key.data} />}
        {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      </div>
      <WindowedTable
        key={text}
        name={t("hold-menu")}
        columns={columns}
        rows={asked.data?.credentials ?? NONE}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go({ page: "credential", id })}
        more={nothing}
        whole
        busy={asked.isFetching}
        empty={
          text ? (
            <EmptyState
              title={t("held-none-found")}
              hint={t("held-none-found-hint")}
              action={<Button onClick={() => seek("")}>{t("reset")}</Button>}
            />
          ) : (
            <EmptyState
              icon={<IdcardOutlined aria-hidden />}
              title={t("held-none")}
              hint={t("held-none-hint")}
            />
          )
        }
      />
    </div>
  );
}

function useColumns(): Column<HeldLine>[] {
  const { t, say } = useText();
  return [
    {
      key: "title",
      title: t("held-title"),
      width: "minmax(200px, 2fr)",
      by: ({ title }) => say(title),
      cell: ({ title, provenance }) => (
        <>
          {say(title)} <ProvenanceTag of={provenance} />
        </>
      ),
    },
    {
      key: "number",
      title: t("held-number"),
      width: "minmax(160px, 1fr)",
      under: "title",
      cell: ({ number }) => (number ? <Data>{number}</Data> : "—"),
    },
    {
      key: "issuer",
      title: t("held-issuer"),
      width: "minmax(180px, 2fr)",
      by: ({ issuer }) => issuer,
      cell: ({ issuer }) => <Data>{issuer}</Data>,
    },
    {
      key: "until",
      title: t("held-until"),
      width: "130px",
      by: ({ valid_until }) => valid_until ?? "",
      cell: (line) => <Until line={line} />,
    },
    {
      key: "left",
      title: t("held-left"),
      width: "120px",
      under: "until",
      cell: (line) => <DaysLeft line={line} />,
    },
    {
      key: "standing",
      title: t("held-standing"),
      width: "120px",
      cell: (line) => <StandingMark line={line} />,
    },
  ];
}
