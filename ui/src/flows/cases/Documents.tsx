import { FilePdfOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useState } from "react";
import type { CaseDocument, CasePage, Language } from "../../gen/wire";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { WrittenNote } from "../../parts/written";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";
import { LanguageChoice } from "../verify/SaveReport";

/** Those that are not for paper. */
const ENDINGS: { [document in CaseDocument]?: string } = {
  report_json: "json",
  signed_decision: "zzdecision",
};

/** The documents that a case has by now. */
function documentsOf({ timeline, decision }: CasePage): CaseDocument[] {
  const asked = timeline.some(({ kind }) => kind === "supplement");
  return [
    "report",
    "receipt",
    ...(asked ? (["supplement_notice"] as const) : []),
    ...(decision ? (["decision_notice", "signed_decision"] as const) : []),
    "report_json",
  ];
}

/** Writes documents of a case; what came of it, and in which language they are written. */
function useDocuments({ line }: CasePage) {
  const { t, language: own } = useText();
  const host = useHost();
  const save = useAct("cases.save_document");
  const [language, setLanguage] = useState<Language>(own);
  const write = async (document: CaseDocument) => {
    const ending = ENDINGS[document] ?? "pdf";
    const name = `${line.number} ${t(`document-${document}`)}.${ending}`;
    const path = await host.saveAs(t("document-save"), name, {
      name: ending.toUpperCase(),
      extensions: [ending],
    });
    if (path) save.mutate({ id: line.id, document, path, language });
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
      <List all={documentsOf(page)} {...documents} />
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
        <List all={documentsOf(page).filter((document) => !ENDINGS[document])} {...documents} />
      </div>
    </Modal>
  );
}

function List({ all, save, write }: { all: CaseDocument[] } & ReturnType<typeof useDocuments>) {
  const { t } = useText();
  return (
    <>
      <ul className="documents">
        {all.map((document) => (
          <li key={document}>
            <Button
              block
              icon={<FilePdfOutlined aria-hidden />}
              loading={save.isPending && save.variables.document === document}
              onClick={() => void write(document)}
            >
              {t(`document-${document}`)}
            </Button>
          </li>
        ))}
      </ul>
      {save.error && <RefusalAlert refusal={save.error.refusal} />}
      {save.data && <WrittenNote written={save.data} />}
    </>
  );
}
