import { ExportOutlined } from "@ant-design/icons";
import { Button, Table } from "antd";
import { useLayoutEffect, useRef, useState } from "react";
import type { IssuedBatch } from "../../gen/wire";
import { ListName } from "../../parts/ListName";
import { Facts, PageHeader, Section, TableScroll } from "../../parts/page";
import { useShortcut } from "../../parts/shortcuts";
import { Data, FilePath } from "../../parts/values";
import { useRoute } from "../../route";
import { useText } from "../../text";
import { useSend } from "../sync/useSend";
import { ExportList } from "./ExportList";

/** What issuing came to: the files, the list that goes with them, and the firms that got none. */
export function IssuedResult({
  result,
  onBack,
  onNew,
}: {
  result: IssuedBatch;
  /** Back to what was filled in. */
  onBack: () => void;
  /** On to another batch. */
  onNew: () => void;
}) {
  const { t, say } = useText();
  const { begin } = useRoute();
  const send = useSend("credential");
  const [exporting, setExporting] = useState(false);
  // Back leads to what was typed, and only from there away.
  useShortcut("Alt+ArrowLeft", "shortcut-back", onBack);
  // The form was left far down, at its firms; the result begins at its top.
  const top = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    top.current?.closest("main")?.scrollTo({ top: 0 });
  }, []);
  return (
    <div className="page" ref={top}>
      <PageHeader
        onBack={onBack}
        title={t("issue-issued", { count: result.issued })}
        lead={t(result.issued > 0 ? "issue-issued-next" : "issue-issued-none")}
        extra={
          <>
            <Button onClick={onNew}>{t("issue-new")}</Button>
            {result.issued > 0 && send.button(result.ids)}
          </>
        }
        primary={
          <Button type="primary" onClick={() => begin({ page: "issued" })}>
            {t("issue-to-list")}
          </Button>
        }
      />
      {send.note}
      <Section
        title={t("issue-files")}
        extra={
          result.issued > 0 && (
            <Button icon={<ExportOutlined aria-hidden />} onClick={() => setExporting(true)}>
              {t("issued-export-list")}
            </Button>
          )
        }
      >
        <Facts
          rows={[
            [t("issue-files-folder"), <FilePath key="f" path={result.folder} />],
            [t("issue-files-list"), result.status_list ? <ListName key="l" uri={result.status_list} /> : "—"],
          ]}
        />
      </Section>
      {result.refused.length > 0 && (
        <Section title={t("issue-refused", { count: result.refused.length })}>
          <TableScroll name={t("issue-refused", { count: result.refused.length })}>
            <Table
              className="roomy"
              size="small"
              rowKey="id"
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              dataSource={result.refused}
              columns={[
                { title: t("firm-name"), width: 240, render: (_, { name }) => <Data>{name}</Data> },
                { title: t("issue-why"), render: (_, { why }) => say(why) },
                { title: t("issue-code"), width: 130, render: (_, { code }) => <code>{code}</code> },
              ]}
            />
          </TableScroll>
        </Section>
      )}
      {exporting && <ExportList onClose={() => setExporting(false)} />}
    </div>
  );
}
