import { Button } from "antd";
import type { Verified } from "../../gen/wire";
import type { From } from "../../parts/Beside";
import { FindingList } from "../../parts/FindingList";
import { namesOf, open, together } from "../../parts/findings";
import { EmptyState, Section } from "../../parts/page";
import { type Tab, Tabs } from "../../parts/Tabs";
import { useKept, useRoute } from "../../route";
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
  from: From;
  /** A tab of the page's own, before the others. */
  first?: Tab;
}

/** Everything behind a verdict, by subject: what needs attention, checklist, credentials, signatures, files, checks. */
export function VerifiedTabs({ verified, from, first }: Props) {
  const { t } = useText();
  const { report } = verified;
  const [tab, setTab] = useKept("verified-tab", first?.key ?? "attention");
  const tabs: Tab[] = [
    {
      key: "attention",
      label: t("tab-attention"),
      count: together(open(report.checks)).length,
      children: <Attention verified={verified} />,
    },
    {
      key: "checklist",
      label: t("tab-checklist"),
      count: report.items.length,
      children: <Checklist verified={verified} from={from} />,
    },
    {
      key: "credentials",
      label: t("tab-credentials"),
      count: report.credentials.length,
      children: <Credentials verified={verified} />,
    },
    {
      key: "signatures",
      label: t("tab-signatures"),
      count: verified.signatures.length,
      children: <Signatures signatures={verified.signatures} firm={report.dossier?.firm ?? null} />,
    },
    {
      key: "attachments",
      label: t("tab-attachments"),
      count: verified.attachments.length,
      children: <Attachments attachments={verified.attachments} from={from} />,
    },
    {
      key: "checks",
      label: t("tab-checks"),
      count: report.checks.length,
      children: <AllChecks verified={verified} />,
    },
    { key: "json", label: t("tab-json"), children: <JsonView report={report} /> },
  ];
  return <Tabs name={t("tabs")} tabs={first ? [first, ...tabs] : tabs} shown={tab} onShow={setTab} />;
}

function Attention({ verified }: { verified: Verified }) {
  const { t, say } = useText();
  const { go } = useRoute();
  const { report, advice } = verified;
  const found = open(report.checks);
  return (
    <div className="stack">
      <Section title={t("tab-attention")}>
        {found.length > 0 ? (
          <FindingList
            checks={found}
            joined
            advice={advice}
            titleOf={namesOf(verified, say)}
            action={({ code }) =>
              code === "TRUST-MISSING" && (
                <Button size="small" onClick={() => go({ page: "trust", from: null })}>
                  {t("attention-trust")}
                </Button>
              )
            }
          />
        ) : (
          <EmptyState title={t("attention-none")} hint={t("attention-none-hint")} />
        )}
      </Section>
      <BasisFacts basis={report.basis} digest={report.file.sha256} />
    </div>
  );
}
