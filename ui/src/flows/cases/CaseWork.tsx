import { FilePdfOutlined } from "@ant-design/icons";
import { Button, Timeline } from "antd";
import { type ReactNode, useState } from "react";
import type { CaseDocument, CaseEventKind, CasePage, DecisionPage, Language } from "../../gen/wire";
import { Shape, VerdictMark } from "../../parts/marks";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import type { Tone } from "../../parts/theme";
import { CivilDate, Data, Digest, Instant } from "../../parts/values";
import { WrittenNote } from "../../parts/written";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";
import { sentBefore, useSend } from "../sync/useSend";
import { LanguageChoice } from "../verify/SaveReport";
import { DecisionMark, ReasonCode } from "./marks";
import { Supplements } from "./Supplements";

/** What was done with a case: decision, timeline, documents, judgements. */
export function CaseWork({ page }: { page: CasePage }) {
  const { t } = useText();
  const send = useSend("decision");
  const button = send.button([page.line.id], sentBefore(page.timeline));
  return (
    <div className="case-work">
      <div className="stack">
        {send.note}
        {page.decision && <Decision decision={page.decision} send={button} />}
        {page.asked.length > 0 && (
          <Section title={t("case-asked")}>
            <Supplements lines={page.asked} />
          </Section>
        )}
        <Happened page={page} />
      </div>
      <div className="stack">
        <Documents page={page} />
        <Judgements page={page} />
      </div>
    </div>
  );
}

const EVENT_TONE: Record<CaseEventKind, Tone> = {
  begun: "none",
  signed: "info",
  exported: "info",
  queued: "pending",
  delivered: "pass",
  refused: "fail",
  received: "info",
  accepted: "info",
  supplement: "warning",
  came: "info",
  moved: "pending",
  decided: "pass",
  closed: "none",
  note: "none",
};

function Happened({ page }: { page: CasePage }) {
  const { t } = useText();
  return (
    <Section title={t("timeline")}>
      <Timeline
        items={[...page.timeline].reverse().map((event) => ({
          key: `${event.at} ${event.kind}`,
          icon: <Shape tone={EVENT_TONE[event.kind]} />,
          content: (
            <>
              <p className="row">
                <strong>{t(`event-${event.kind}`)}</strong>
                <span className="quiet">
                  <Instant at={event.at} />
                  {event.actor && (
                    <>
                      {" "}
                      · <Data>{event.actor}</Data>
                    </>
                  )}
                </span>
              </p>
              {event.note && (
                <p>
                  <Data>{event.note}</Data>
                </p>
              )}
            </>
          ),
        }))}
      />
    </Section>
  );
}

/** A decision as it was signed. */
export function Decision({ decision, send = null }: { decision: DecisionPage; send?: ReactNode }) {
  const { t } = useText();
  const { outcome, reasons, supplements, decided_on, hands, report_sha256 } = decision;
  return (
    <Section
      title={t("decision")}
      extra={
        <>
          <DecisionMark outcome={outcome} />
          {send}
        </>
      }
    >
      <div className="stack">
        <ul className="decision-reasons">
          {reasons.map(({ code, text }) => (
            <li key={`${code} ${text}`}>
              <ReasonCode code={code} /> <Data>{text}</Data>
            </li>
          ))}
        </ul>
        {supplements.length > 0 && (
          <div>
            <h3>{t("supplements")}</h3>
            <Supplements lines={supplements} />
          </div>
        )}
        <p className="quiet">
          <CivilDate date={decided_on} prose /> · {t("hands-operator")} <Data>{hands.operator}</Data>
          {hands.reviewer && (
            <>
              {" "}
              · {t("hands-reviewer")} <Data>{hands.reviewer}</Data>
            </>
          )}
        </p>
        <p className="quiet">
          {t("decision-rests-on")} <Digest value={report_sha256} short />
        </p>
      </div>
    </Section>
  );
}

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

function Documents({ page }: { page: CasePage }) {
  const { t, language: own } = useText();
  const host = useHost();
  const save = useAct("cases.save_document");
  const [language, setLanguage] = useState<Language>(own);
  const write = async (document: CaseDocument) => {
    const ending = ENDINGS[document] ?? "pdf";
    const name = `${page.line.number} ${t(`document-${document}`)}.${ending}`;
    const path = await host.saveAs(t("document-save"), name, {
      name: ending.toUpperCase(),
      extensions: [ending],
    });
    if (path) save.mutate({ id: page.line.id, document, path, language });
  };
  return (
    <Section title={t("documents")} extra={<LanguageChoice language={language} onChange={setLanguage} />}>
      <ul className="documents">
        {documentsOf(page).map((document) => (
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
    </Section>
  );
}

function Judgements({ page }: { page: CasePage }) {
  const { t, say } = useText();
  return (
    <Section title={t("judgements")}>
      <ul className="judgements">
        {page.judgements.map((judgement) => (
          <li key={judgement.at}>
            <p className="row">
              <VerdictMark verdict={judgement.verdict} />
              <span className="quiet">
                <Instant at={judgement.at} />
              </span>
            </p>
            <p>{say(judgement.why)}</p>
            <p className="quiet judgement-data">
              {t("judgement-data", {
                root: String(judgement.root_version ?? "—"),
                snapshot: String(judgement.snapshot_version ?? "—"),
                pack: judgement.rule_pack ?? "—",
              })}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
