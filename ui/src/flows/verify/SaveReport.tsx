import { Modal, Radio } from "antd";
import { useState } from "react";
import type { Language, Verified, VerifyFile } from "../../gen/wire";
import { HandsFields, useHands } from "../../parts/HandsFields";
import { withoutEnding } from "../../parts/kinds";
import { RefusalAlert } from "../../parts/refusal";
import { WrittenNote } from "../../parts/written";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";

interface Props {
  dossier: VerifyFile;
  verified: Verified;
  onClose: () => void;
}

/** 核验报告 of a dossier that is no case: who verified, in which language, and where it goes. */
export function SaveReport({ dossier, verified, onClose }: Props) {
  const { t, language: own } = useText();
  const host = useHost();
  const save = useAct("verify.save_report");
  // A report on one dossier may be made by one person; four eyes are for decisions.
  const hands = useHands(false);
  const [language, setLanguage] = useState<Language>(own);
  const write = async () => {
    const bare = withoutEnding(verified.report.file.name);
    const name = `${t("report")}-${bare}.pdf`;
    const path = await host.saveAs(t("report-save"), name, { name: "PDF", extensions: ["pdf", "json"] });
    if (path) save.mutate({ dossier, path, language, hands: hands.hands });
  };
  return (
    <Modal
      open
      title={t("report")}
      okText={t("report-write")}
      cancelText={t(save.data ? "close" : "cancel")}
      okButtonProps={{ disabled: !hands.complete }}
      confirmLoading={save.isPending}
      onOk={() => void write()}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("report-hint")}</p>
        <HandsFields {...hands} />
        <LanguageChoice language={language} onChange={setLanguage} />
        {save.error && <RefusalAlert refusal={save.error.refusal} />}
        {save.data && <WrittenNote written={save.data} />}
      </div>
    </Modal>
  );
}

/** In which language a document is written. */
export function LanguageChoice({
  language,
  onChange,
}: {
  language: Language;
  onChange: (language: Language) => void;
}) {
  const { t } = useText();
  return (
    <Radio.Group
      aria-label={t("report-language")}
      value={language}
      onChange={({ target }) => onChange(target.value as Language)}
      options={[
        { value: "zh", label: t("language-zh") },
        { value: "en", label: t("language-en") },
      ]}
    />
  );
}
