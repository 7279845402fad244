import { Timeline } from "antd";
import type { ReactNode } from "react";
import type { CaseEventKind, CasePage, DecisionPage } from "../../gen/wire";
import { Shape, VerdictMark } from "../../parts/marks";
import { Section } from "../../parts/page";
import type { Tone } from "../../parts/theme";
import { CivilDate, Data, Digest, Instant } from "../../parts/values";
import { useText } from "../../text";
import { sentBefore, useSend } from "../sync/useSend";
import { Demands } from "./Demands";
import { Documents } from "./Documents";
import { DecisionMark, ReasonCode } from "./marks";
import { Supplements } from "./Supplements";
import { Versions } from "./Versions";

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
        {page.demands.length > 0 ? (
          <Section title={t("demands")}>
            <Demands page={page} />
          </Section>
        ) : (
          page.asked.length > 0 && (
            <Section title={t("case-asked")}>
              <Supplements lines={page.asked} />
            </Section>
          )
        )}
        <Happened page={page} />
      </div>
      <div className="stack">
        <Versions page={page} />
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
  resumed: "info",
  supplement: "warning",
  came: "info",
  follows: "info",
  supplied: "info",
  joined: "none",
  moved: "pending",
  decided: "pass",
  closed: "none",
  note: "none",
};

function Happened({ page }: { page: CasePage }) {
  const { t, say } = useText();
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
              {event.told && <p>{say(event.told)}</p>}
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
