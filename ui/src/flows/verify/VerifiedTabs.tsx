import { EllipsisOutlined } from "@ant-design/icons";
import { Tabs } from "antd";
import type { ReactNode } from "react";
import type { PreviewAttachment, Verified } from "../../gen/wire";
import { FindingList } from "../../parts/FindingList";
import { namesOf, open } from "../../parts/findings";
import { EmptyState, Section } from "../../parts/page";
import { useKept } from "../../route";
import { useText } from "../../text";
import { AllChecks } from "./AllChecks";
import { Attachments } from "./Attachments";
import { BasisFacts } from "./BasisLine";
import { Checklist } from "./Checklist";
import { Credentials } from "./Credentials";
import { JsonView } from "./JsonView";
import { Signatures } from "./Signatures";
import "./verify.css";

interface Props {
  verified: Verified;
  /** Where the attachments are read from. */
  from: Omit<PreviewAttachment, "path">;
  /** A tab of the page's own, before the others. */
  first?: { key: string; label: string; children: ReactNode };
}

/** Everything behind a verdict, by subject: what needs attention, checklist, credentials, signatures, files, checks. */
export function VerifiedTabs({ verified, from, first }: Props) {
  const { t } = useText();
  const { report } = verified;
  const [tab, setTab] = useKept("verified-tab", first?.key ?? "attention");
  const counted = (key: string, count: number) => (
    <>
      {t(key)} <span className="tab-count">{count}</span>
    </>
  );
  const attention = open(report.checks).length;
  return (
    <Tabs
      className="verified-tabs"
      activeKey={tab}
      onChange={setTab}
      more={{ icon: <EllipsisOutlined aria-label={t("tabs-more")} /> }}
      items={[
        ...(first ? [first] : []),
        {
          key: "attention",
          label: counted("tab-attention", attention),
          children: <Attention verified={verified} />,
        },
        {
          key: "checklist",
          label: counted("tab-checklist", report.items.length),
          children: <Checklist verified={verified} />,
        },
        {
          key: "credentials",
          label: counted("tab-credentials", report.credentials.length),
          children: <Credentials verified={verified} />,
        },
        {
          key: "signatures",
          label: counted("tab-signatures", verified.signatures.length),
          children: <Signatures signatures={verified.signatures} firm={report.dossier?.firm ?? null} />,
        },
        {
          key: "attachments",
          label: counted("tab-attachments", verified.attachments.length),
          children: <Attachments attachments={verified.attachments} from={from} />,
        },
        {
          key: "checks",
          label: counted("tab-checks", report.checks.length),
          children: <AllChecks verified={verified} />,
        },
        { key: "json", label: t("tab-json"), children: <JsonView report={report} /> },
      ]}
    />
  );
}

function Attention({ verified }: { verified: Verified }) {
  const { t, say } = useText();
  const { report, advice } = verified;
  const found = open(report.checks);
  return (
    <div className="stack">
      <Section title={t("tab-attention")}>
        {found.length > 0 ? (
          <FindingList checks={found} advice={advice} titleOf={namesOf(verified, say)} />
        ) : (
          <EmptyState title={t("attention-none")} hint={t("attention-none-hint")} />
        )}
      </Section>
      <BasisFacts basis={report.basis} digest={report.file.sha256} />
    </div>
  );
}
