import { FilePdfOutlined, ReloadOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useDeferredValue, useState } from "react";
import type { Refusal, Verified } from "../../gen/wire";
import { FourQuestions } from "../../parts/FourQuestions";
import { namesOf } from "../../parts/findings";
import { PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { VerdictBanner } from "../../parts/VerdictBanner";
import { Data } from "../../parts/values";
import { useSession } from "../../session";
import { useText } from "../../text";
import { BasisLine } from "./BasisLine";
import { SaveReport } from "./SaveReport";
import { ToCase, ToWaiting } from "./ToCase";
import { VerifiedTabs } from "./VerifiedTabs";

interface Props {
  verified: Verified;
  identity: string | null;
  busy: boolean;
  /** Why it could not be verified again: what is shown is from before. */
  failed: Refusal | null;
  /** How many others were dropped along with it. */
  others: number;
  onChoose: () => void;
  onAgain: () => void;
}

/** The firm and its code: whom a verdict is about. */
export function About({ verified }: { verified: Verified }) {
  const { t } = useText();
  const { firm } = verified.report.dossier ?? {};
  if (!firm) return t("manifest-unread");
  return (
    <>
      <strong>
        <Data>{firm.name}</Data>
      </strong>
      <code>{firm.uscc}</code>
    </>
  );
}

/** One dossier in one screen: the verdict, the four questions, what it rests on; then everything behind it. */
export function Result({ verified, identity, busy, failed, others, onChoose, onAgain }: Props) {
  const { t, say } = useText();
  const { status } = useSession();
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { report, path } = verified;
  // The verdict is painted first; what lies behind it comes a moment later.
  const rest = useDeferredValue(true, false);
  const desk = status.database === "open" && status.profile?.role === "incubator";
  useShortcut("Ctrl+P", "report-save", () => setSaving(true));
  return (
    <article className="page" aria-busy={busy}>
      <PageHeader
        title={t("verify-result")}
        lead={<Data>{report.file.name}</Data>}
        quiet
        extra={
          <>
            <Button icon={<FilePdfOutlined aria-hidden />} onClick={() => setSaving(true)}>
              {t("report-save")}
            </Button>
            <Button icon={<ReloadOutlined aria-hidden />} loading={busy} onClick={onAgain}>
              {t("verify-again")}
            </Button>
            {desk && <Button onClick={onChoose}>{t("verify-another")}</Button>}
          </>
        }
        primary={
          desk ? (
            <ToCase verified={verified} onRefused={setRefusal} />
          ) : (
            <Button type="primary" onClick={onChoose}>
              {t("verify-another")}
            </Button>
          )
        }
      />
      {others > 0 && <Alert type="info" showIcon title={t("verify-others", { count: others })} />}
      {failed && (
        <>
          <Alert type="warning" showIcon title={t("verify-earlier")} />
          <RefusalAlert refusal={failed} />
        </>
      )}
      {refusal && <RefusalAlert refusal={refusal} />}
      {desk && <ToWaiting verified={verified} onRefused={setRefusal} />}
      <VerdictBanner announce level={2} verdict={report.verdict} about={<About verified={verified} />} />
      <FourQuestions report={report} nameOf={namesOf(verified, say)} />
      <BasisLine report={report} />
      {rest && <VerifiedTabs verified={verified} from={{ dossier: path, case_id: null, draft_id: null }} />}
      {saving && (
        <SaveReport dossier={{ path, identity }} verified={verified} onClose={() => setSaving(false)} />
      )}
    </article>
  );
}
