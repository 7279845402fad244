import { FilePdfOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useState } from "react";
import type { CaseDocument, CasePage, DocumentLine, Language } from "../../gen/wire";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { shanghaiInstant } from "../../parts/values";
import { WrittenNote } from "../../parts/written";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";
import { LanguageChoice } from "../verify/SaveReport";

/** Those that are not for paper. */
const ENDINGS: { [document in CaseDocument]?: string } = {
  report_json: "json",
  signed_decision: "zzdecision",
};

/** Writes documents of a case; what came of it, and in which language they are written. */
function useDocuments({ line }: CasePage) {
  const { t, language: own } = useText();
  const host = useHost();
  const save = useAct("cases.save_document");
  const [language, setLanguage] = useState<Language>(own);
  const write = async ({ document, nth, number }: DocumentLine) => {
    const ending = ENDINGS[document] ?? "pdf";
    const name = `${number} ${t(`document-${document}`)}.${ending}`;
    const path = await host.saveAs(t("document-save"), name, {
      name: ending.toUpperCase(),
      extensions: [ending],
    });
    if (path) save.mutate({ id: line.id, document, nth, path, language });
  };
  return { save, write, language, setLanguage };
}

/** 文书: what a case gives to print and to hand over. */
export function Documents({ page }: { page: CasePage }) {
  const { t } = useText();
  const documents = useDocuments(page);
  const choice = <LanguageChoice language={documents.language} onChange={documents.setLanguage} />;
  return (
    <Section title={t("documents")} extra={choice}>
      <List all={page.documents} {...documents} />
    </Section>
  );
}

/** The same for paper alone, from wherever on the page Ctrl+P was pressed. */
export function PrintDocuments({ page, onClose }: { page: CasePage; onClose: () => void }) {
  const { t } = useText();
  const documents = useDocuments(page);
  return (
    <Modal open title={t("documents-print")} footer={null} onCancel={onClose}>
      <div className="stack">
        <LanguageChoice language={documents.language} onChange={documents.setLanguage} />
        <List all={page.documents.filter(({ document }) => !ENDINGS[document])} {...documents} />
      </div>
    </Modal>
  );
}

function List({ all, save, write }: { all: DocumentLine[] } & ReturnType<typeof useDocuments>) {
  const { t } = useText();
  const newest = new Map([...all].reverse().map((line) => [line.document, line]));
  const earlier = all.filter((line) => newest.get(line.document) !== line);
  const button = (line: DocumentLine, words: string) => (
    <Button
      block
      icon={<FilePdfOutlined aria-hidden />}
      loading={save.isPending && save.variables.document === line.document && save.variables.nth === line.nth}
      onClick={() => void write(line)}
    >
      {words}
    </Button>
  );
  return (
    <>
      <ul className="documents">
        {all
          .filter((line) => newest.get(line.document) === line)
          .map((line) => (
            <li key={line.document}>{button(line, t(`document-${line.document}`))}</li>
          ))}
      </ul>
      {earlier.length > 0 && (
        <details>
          <summary>{t("documents-earlier", { count: earlier.length })}</summary>
          <ul className="documents one-below-another">
            {earlier.map((line) => (
              <li key={line.number}>
                {button(
                  line,
                  t("document-earlier", {
                    document: t(`document-${line.document}`),
                    number: line.number,
                    day: shanghaiInstant(line.at).slice(0, 10),
                  }),
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {save.error && <RefusalAlert refusal={save.error.refusal} />}
      {save.data && <WrittenNote written={save.data} />}
    </>
  );
}
