import { FilePdfOutlined, FolderOpenOutlined, InboxOutlined, ReloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import type { Verified } from "../../gen/wire";
import { FourQuestions } from "../../parts/FourQuestions";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { VerdictBanner } from "../../parts/VerdictBanner";
import { Data } from "../../parts/values";
import { useText } from "../../text";
import { BasisLine } from "./BasisLine";
import { SaveReport } from "./SaveReport";
import { ToCase } from "./ToCase";
import { VerifiedTabs } from "./VerifiedTabs";

interface Props {
  verified: Verified;
  identity: string | null;
  busy: boolean;
  note: ReactNode;
  onChoose: () => void;
  onAgain: () => void;
}

/** The firm, its code and the file: what a verdict is about. */
export function About({ verified }: { verified: Verified }) {
  const { firm } = verified.report.dossier ?? {};
  return (
    <>
      {firm && (
        <strong>
          <Data>{firm.name}</Data>
        </strong>
      )}
      {firm && <code>{firm.uscc}</code>}
      <Data>{verified.report.file.name}</Data>
    </>
  );
}

/** One dossier in one screen: the verdict, the four questions, what it rests on; then everything behind it. */
export function Result({ verified, identity, busy, note, onChoose, onAgain }: Props) {
  const { t } = useText();
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<ReactNode>(null);
  const { report, path } = verified;
  useShortcut("Ctrl+P", "report-save", () => setSaving(true));
  return (
    <article className="page" aria-busy={busy}>
      {note}
      <VerdictBanner
        announce
        verdict={report.verdict}
        about={<About verified={verified} />}
        actions={
          <>
            <ToCase
              verified={verified}
              icons={{ take: <InboxOutlined />, open: <FolderOpenOutlined /> }}
              onRefused={(refusal) => setRefused(<RefusalAlert refusal={refusal} />)}
            />
            <Button icon={<FilePdfOutlined />} onClick={() => setSaving(true)}>
              {t("report-save")}
            </Button>
            <Button icon={<ReloadOutlined />} loading={busy} onClick={onAgain}>
              {t("verify-again")}
            </Button>
            <Button onClick={onChoose}>{t("verify-another")}</Button>
          </>
        }
      />
      {refused}
      <FourQuestions questions={report.questions} checks={report.checks} />
      <BasisLine basis={report.basis} />
      <VerifiedTabs verified={verified} from={{ dossier: path, case_id: null, draft_id: null }} />
      {saving && (
        <SaveReport dossier={{ path, identity }} verified={verified} onClose={() => setSaving(false)} />
      )}
    </article>
  );
}
