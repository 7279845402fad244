import { Alert, Button, Checkbox } from "antd";
import { useState } from "react";
import type { DecisionDraft, Hands, ReportItem, SupplementLine } from "../../gen/wire";
import { Busy } from "../../parts/Busy";
import { HandsFields, useHands } from "../../parts/HandsFields";
import { PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Unsaved } from "../../parts/Unsaved";
import { useUnsaved } from "../../parts/useUnsaved";
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
  const [round, setRound] = useState(0);
  return (
    <div className="page narrow">
      {draft.data && page.data ? (
        <Editing
          key={`${id} ${round}`}
          id={id}
          draft={draft.data}
          items={page.data.verified.report.items}
          onAnew={() => setRound(round + 1)}
        />
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
  /** To begin with what the report suggests once more. */
  onAnew: () => void;
}

/** What was typed. */
interface Typed {
  lines: Edited<SupplementLine>[];
  hands: Hands;
}

function Editing({ id, draft, items, onAnew }: EditingProps) {
  const { t } = useText();
  const host = useHost();
  const { back, replace } = useRoute();
  const unsaved = useUnsaved<Typed>("cases", "supplement", id);
  const { kept } = unsaved;
  const hands = useHands(false, kept?.hands);
  const first = useFirstDay();
  const [lines, setLines] = useState<Edited<SupplementLine>[]>(
    () => kept?.lines ?? edited(draft.supplements),
  );
  const keep = (part: Partial<Typed>) => unsaved.keep({ lines, hands: hands.typed, ...part });
  const [notice, setNotice] = useState(true);
  const request = useAct("cases.request_supplement", { saved: unsaved.drop });
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
      {
        onSuccess: () => {
          // The case says where the notice is, above what else it says.
          if (path !== null) replace(["case"], { page: "case", id, noticed: path });
          back();
        },
      },
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
      {kept && (
        <Unsaved
          onDrop={() => {
            unsaved.drop();
            onAnew();
          }}
        />
      )}
      <WhyNot reasons={missing} />
      {request.error && <RefusalAlert refusal={request.error.refusal} />}
      {draft.supplements.length === 0 && (
        <Alert type="info" showIcon title={t("supplement-none-suggested")} />
      )}
      <Section title={t("supplements")}>
        <SupplementsEditor
          items={items}
          lines={lines}
          onChange={(next) => {
            setLines(next);
            keep({ lines: next });
          }}
        />
      </Section>
      <Section title={t("hands")}>
        <div className="stack">
          <HandsFields
            {...hands}
            setHands={(typed) => {
              hands.setHands(typed);
              keep({ hands: typed });
            }}
          />
          <Checkbox checked={notice} onChange={({ target }) => setNotice(target.checked)}>
            {t("supplement-notice")}
          </Checkbox>
        </div>
      </Section>
    </>
  );
}
