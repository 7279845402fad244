import { Alert, Button, Checkbox } from "antd";
import { useState } from "react";
import type { DecisionDraft, ReportItem, SupplementLine } from "../../gen/wire";
import { Busy } from "../../parts/Busy";
import { HandsFields, useHands } from "../../parts/HandsFields";
import { PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { WhyNot } from "../../parts/WhyNot";
import { useRoute } from "../../route";
import { useAct, useAsk, useHost } from "../../rpc";
import { useText } from "../../text";
import {
  complete,
  dated,
  type Edited,
  edited,
  late,
  SupplementsEditor,
  useFirstDay,
  valuesOf,
} from "./Editors";
import "./cases.css";

/** 补正: what the firm has to add, begun from the report; with a notice to print. */
export function SupplementPage({ id }: { id: string }) {
  const { t } = useText();
  const draft = useAsk("cases.decision_draft", { id });
  const page = useAsk("cases.get", { id });
  const refused = draft.error ?? page.error;
  return (
    <div className="page narrow">
      {draft.data && page.data ? (
        <Editing id={id} draft={draft.data} items={page.data.verified.report.items} />
      ) : (
        <>
          <PageHeader title={t("case-supplement")} />
          {refused ? <RefusalAlert refusal={refused.refusal} /> : <Busy />}
        </>
      )}
    </div>
  );
}

interface EditingProps {
  id: string;
  draft: DecisionDraft;
  items: ReportItem[];
}

function Editing({ id, draft, items }: EditingProps) {
  const { t } = useText();
  const host = useHost();
  const { back } = useRoute();
  const hands = useHands(false);
  const first = useFirstDay();
  const [lines, setLines] = useState<Edited<SupplementLine>[]>(() => edited(draft.supplements));
  const [notice, setNotice] = useState(true);
  const request = useAct("cases.request_supplement");
  const missing = [
    lines.length === 0 && t("supplement-needs-item"),
    !complete(lines) && t("supplement-needs-text"),
    !dated(lines) && t("decide-needs-due"),
    late(lines, first) && t("decide-due-past"),
    !hands.complete && t(hands.same ? "supplement-needs-others" : "decide-needs-operator"),
  ];
  const ready = missing.every((one) => one === false) && !request.isPending;
  const send = async () => {
    let path: string | null = null;
    if (notice) {
      path = await host.saveAs(t("document-supplement_notice"), `${t("document-supplement_notice")}.pdf`, {
        name: "PDF",
        extensions: ["pdf"],
      });
      // Whoever closes the dialog wants to go on thinking, not to ask without a notice.
      if (path === null) return;
    }
    request.mutate(
      { id, hands: hands.hands, supplements: valuesOf(lines), notice: path },
      { onSuccess: back },
    );
  };
  useShortcut("Ctrl+Enter", "case-supplement", () => void send(), ready);
  return (
    <>
      <PageHeader
        title={t("case-supplement")}
        lead={t("supplement-lead")}
        primary={
          <Button type="primary" disabled={!ready} loading={request.isPending} onClick={() => void send()}>
            {t("supplement-send")}
          </Button>
        }
      />
      <WhyNot reasons={missing} />
      {request.error && <RefusalAlert refusal={request.error.refusal} />}
      {draft.supplements.length === 0 && (
        <Alert type="info" showIcon title={t("supplement-none-suggested")} />
      )}
      <Section title={t("supplements")}>
        <SupplementsEditor items={items} lines={lines} onChange={setLines} />
      </Section>
      <Section title={t("hands")}>
        <div className="stack">
          <HandsFields {...hands} />
          <Checkbox checked={notice} onChange={({ target }) => setNotice(target.checked)}>
            {t("supplement-notice")}
          </Checkbox>
        </div>
      </Section>
    </>
  );
}
