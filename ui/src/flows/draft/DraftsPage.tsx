import { PlusOutlined, SendOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { DraftLine } from "../../gen/wire";
import { Two } from "../../parts/columns";
import { EmptyState, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Data, Instant } from "../../parts/values";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useRoute } from "../../route";
import { useAsk } from "../../rpc";
import { useText } from "../../text";
import { Deadline, Differ, StandingMark } from "./marks";

const NONE: DraftLine[] = [];
const nothing = () => undefined;

/** 迁移与异地经营: every dossier of the firm, the newest first. */
export function DraftsPage() {
  const { t } = useText();
  const { go } = useRoute();
  const asked = useAsk("draft.list", {});
  const columns = useColumns();
  const add = () => go({ page: "begin" });
  useShortcut("Ctrl+N", "draft-new", add);
  return (
    <div className="page fills">
      <PageHeader
        title={t("drafts-menu")}
        lead={t("drafts-lead")}
        primary={
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={add}>
            {t("draft-new")}
          </Button>
        }
      />
      <div className="stack">
        {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      </div>
      <WindowedTable
        name={t("drafts-menu")}
        columns={columns}
        rows={asked.data?.drafts ?? NONE}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go({ page: "draft", id })}
        lines={2}
        more={nothing}
        whole
        busy={asked.isFetching}
        empty={
          <EmptyState
            icon={<SendOutlined aria-hidden />}
            title={t("drafts-none")}
            hint={t("drafts-none-hint")}
          />
        }
      />
    </div>
  );
}

function useColumns(): Column<DraftLine>[] {
  const { t } = useText();
  return [
    {
      key: "title",
      title: t("draft-title"),
      width: "minmax(240px, 3fr)",
      by: ({ title }) => title,
      cell: ({ title, number }) => (
        <Two
          first={<Data>{title}</Data>}
          second={
            number && (
              <>
                {t("draft-number")} <Data>{number}</Data>
              </>
            )
          }
        />
      ),
    },
    {
      key: "scenario",
      title: t("draft-scenario"),
      width: "120px",
      under: "title",
      cell: ({ scenario }) => t(`scenario-${scenario}`),
    },
    {
      key: "destination",
      title: t("draft-destination"),
      width: "minmax(160px, 2fr)",
      by: ({ destination }) => destination,
      cell: ({ destination }) => <Data>{destination}</Data>,
    },
    {
      key: "updated",
      title: t("draft-updated"),
      width: "140px",
      by: ({ updated }) => updated,
      cell: ({ updated }) => <Instant at={updated} />,
    },
    {
      key: "signed",
      title: t("draft-signed"),
      width: "140px",
      under: "updated",
      by: ({ signed }) => signed ?? "",
      cell: ({ signed }) => (signed ? <Instant at={signed} /> : "—"),
    },
    {
      key: "state",
      title: t("draft-state"),
      width: "minmax(120px, 1fr)",
      cell: (line) => (
        <>
          <StandingMark line={line} /> {line.differ && <Differ />}
        </>
      ),
    },
    {
      key: "due",
      title: t("case-due"),
      width: "220px",
      under: "state",
      cell: (line) => <Deadline line={line} />,
    },
  ];
}
