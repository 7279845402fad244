import { Alert, Button, Radio } from "antd";
import { useState } from "react";
import type {
  CaseLine,
  CasePage,
  DecisionDraft,
  DecisionOutcome,
  Hands,
  ReasonLine,
  SupplementLine,
} from "../../gen/wire";
import { Busy } from "../../parts/Busy";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { HandsFields, useHands } from "../../parts/HandsFields";
import { VerdictMark } from "../../parts/marks";
import { PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Unregistered } from "../../parts/Unregistered";
import { Unsaved } from "../../parts/Unsaved";
import { useUnsaved } from "../../parts/useUnsaved";
import { CivilDate, Data, Digest } from "../../parts/values";
import { useRoute } from "../../route";
import { useAct, useAsk, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import {
  complete,
  dated,
  type Edited,
  edited,
  late,
  ReasonsEditor,
  SupplementsEditor,
  useFirstDay,
  valuesOf,
} from "./Editors";
import { DecisionMark, OUTCOMES } from "./marks";
import "./cases.css";

/** 决定: begun from the report, changed by people, signed with the passphrase. */
export function DecidePage({ id }: { id: string }) {
  const { t } = useText();
  const draft = useAsk("cases.decision_draft", { id });
  const page = useAsk("cases.get", { id });
  const refused = draft.error ?? page.error;
  return (
    <div className="page narrow">
      {draft.data && page.data ? (
        <Current key={id} page={page.data} draft={draft.data} settled={!draft.isFetching} />
      ) : (
        <>
          <PageHeader title={t("case-decide")} />
          {refused ? <RefusalAlert refusal={refused.refusal} /> : <Busy />}
        </>
      )}
    </div>
  );
}

interface Props {
  page: CasePage;
  draft: DecisionDraft;
}

/** Begins anew when the verdict moves meanwhile and its reasons are there: reasons for another verdict are none. */
function Current({ page, draft, settled }: Props & { settled: boolean }) {
  const { t } = useText();
  const { verdict } = page.line;
  const [first] = useState(verdict);
  const [written, setWritten] = useState(verdict);
  const [round, setRound] = useState(0);
  if (settled && written !== verdict) setWritten(verdict);
  return (
    <>
      {verdict !== first && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t("decide-moved", { before: t(`verdict-${first}`), now: t(`verdict-${verdict}`) })}
        />
      )}
      <Editing key={`${written} ${round}`} page={page} draft={draft} onAnew={() => setRound(round + 1)} />
    </>
  );
}

/** Why an outcome cannot be chosen; null where it can. */
function barred(outcome: DecisionOutcome, { state, verdict }: CaseLine): string | null {
  if (state === "received" && outcome !== "rejected") return "decide-after-accepting";
  const accepts = outcome === "accepted" || outcome === "accepted_with_conditions";
  return accepts && verdict === "failed" ? "decide-not-after-failing" : null;
}

/** What was typed. */
interface Typed {
  outcome: DecisionOutcome;
  /** Why: those of the draft by their place in it, and one's own, which go with whatever is decided. */
  reasons: Edited<ReasonLine>[];
  supplements: Edited<SupplementLine>[];
  hands: Hands;
}

/**
 * Up to which place the draft has reasons for an outcome. What was noted stays in the report: it is no reason to accept
 * and none against a dossier, and may be what a condition rests on.
 */
const placesOf = ({ reasons, remarks }: DecisionDraft): Record<DecisionOutcome, number> => ({
  accepted: 0,
  accepted_with_conditions: reasons.length + remarks.length,
  supplement_required: reasons.length,
  rejected: reasons.length,
});

function Editing({ page, draft, onAnew }: Props & { onAnew: () => void }) {
  const { t, say } = useText();
  const host = useHost();
  const { back, replace } = useRoute();
  const { line, verified } = page;
  // Reasons for another verdict are none: what was typed is found again only while the verdict is the same.
  const unsaved = useUnsaved<Typed>("cases", "decide", line.id, line.verdict);
  const { kept } = unsaved;
  const [outcome, setOutcome] = useState<DecisionOutcome>(
    kept?.outcome ?? (barred(draft.suggested, line) ? "rejected" : draft.suggested),
  );
  const [written, setWritten] = useState<Edited<ReasonLine>[]>(
    () => kept?.reasons ?? edited([...draft.reasons, ...draft.remarks]),
  );
  const places = placesOf(draft)[outcome];
  const reasons = written.filter(({ key }) => key < places);
  const [supplements, setSupplements] = useState<Edited<SupplementLine>[]>(
    () => kept?.supplements ?? edited(draft.supplements),
  );
  const [path, setPath] = useState<string | null>(null);
  const { status } = useSession();
  const hands = useHands(status.settings.four_eyes, kept?.hands);
  const keep = (part: Partial<Typed>) =>
    unsaved.keep({
      outcome,
      reasons: written,
      supplements,
      hands: hands.typed,
      ...part,
    });
  const first = useFirstDay();
  const decide = useAct("cases.decide");
  const asks = outcome === "supplement_required" || outcome === "accepted_with_conditions";
  const missing = [
    outcome !== "accepted" && reasons.length === 0 && t("decide-needs-reason"),
    !(complete(reasons) && (!asks || complete(supplements))) && t("decide-needs-text"),
    asks && supplements.length === 0 && t(`decide-needs-${outcome}`),
    asks && !dated(supplements) && t("decide-needs-due"),
    asks && late(supplements, first) && t("decide-due-past"),
    !hands.complete && t(hands.needed ? "decide-needs-both" : "decide-needs-operator"),
  ].filter((sentence) => sentence !== false);
  const ready = missing.length === 0 && draft.unregistered === null;
  const choose = async () => {
    const chosen = await host.saveAs(t("decide-where"), `${line.number} ${t("decision")}.zzdecision`, {
      name: t("kind-decision"),
      extensions: ["zzdecision"],
    });
    if (chosen) setPath(chosen);
  };
  const sign = (passphrase: string) =>
    decide.mutateAsync({
      id: line.id,
      outcome,
      reasons: valuesOf(reasons),
      supplements: asks ? valuesOf(supplements) : [],
      hands: hands.hands,
      passphrase,
      path: path ?? "",
    });
  useShortcut("Ctrl+Enter", "decide-sign", () => void choose(), missing.length === 0 && path === null);
  return (
    <>
      <PageHeader
        title={t("case-decide")}
        lead={
          <>
            <Data>{line.number}</Data> · <Data>{line.firm_name}</Data>
            <span className="decide-lacks" role="status">
              {ready ? t("decide-ready") : missing.map((one) => <span key={one}>{one}</span>)}
            </span>
          </>
        }
        primary={
          <Button type="primary" disabled={missing.length > 0} onClick={() => void choose()}>
            {t("decide-sign")}
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
      <Unregistered remark={draft.unregistered} />
      <Section title={t("decision")} extra={<VerdictMark verdict={line.verdict} chip />}>
        <Radio.Group
          className="outcomes"
          aria-label={t("decision")}
          value={outcome}
          onChange={({ target }) => {
            setOutcome(target.value as DecisionOutcome);
            keep({ outcome: target.value as DecisionOutcome });
          }}
        >
          {OUTCOMES.map((value) => (
            <Radio key={value} value={value} className="outcome" disabled={barred(value, line) !== null}>
              <DecisionMark outcome={value} />
              <span className="quiet">{t(barred(value, line) ?? `decision-${value}-means`)}</span>
              {value === draft.suggested && <span className="chip info">{t("decision-suggested")}</span>}
            </Radio>
          ))}
        </Radio.Group>
      </Section>
      <Section title={t("reasons")}>
        <ReasonsEditor
          lines={reasons}
          onChange={(lines) => {
            const all = [...lines, ...written.filter(({ key }) => key >= places)];
            setWritten(all);
            keep({ reasons: all });
          }}
          none={outcome === "accepted" ? null : t("reasons-none")}
        />
      </Section>
      {asks && (
        <Section title={t("supplements")}>
          <SupplementsEditor
            items={verified.report.items}
            lines={supplements}
            onChange={(lines) => {
              setSupplements(lines);
              keep({ supplements: lines });
            }}
            none={t(`supplements-none-${outcome}`)}
          />
        </Section>
      )}
      <Section title={t("hands")}>
        <HandsFields
          {...hands}
          setHands={(typed) => {
            hands.setHands(typed);
            keep({ hands: typed });
          }}
        />
      </Section>
      <ConfirmPassphrase
        open={path !== null}
        title={t("decide-sign-title", { number: line.number })}
        action={t("decide-sign-now")}
        onConfirm={async (passphrase) => {
          await sign(passphrase);
          unsaved.drop();
          // The case says where the file is, above what else it says.
          replace(["case"], { page: "case", id: line.id, signed: path ?? "" });
          back();
        }}
        onClose={() => setPath(null)}
      >
        <div className="stack">
          <p>{t("decide-means")}</p>
          {draft.unregistered && <Alert type="warning" showIcon title={say(draft.unregistered)} />}
          <dl className="facts signing">
            <div>
              <dt>{t("case-firm")}</dt>
              <dd>
                <Data>{line.firm_name}</Data> <code>{line.firm_uscc}</code>
              </dd>
            </div>
            <div>
              <dt>{t("decision")}</dt>
              <dd>
                <DecisionMark outcome={outcome} />
              </dd>
            </div>
            {reasons.length > 0 && (
              <div>
                <dt>{t("reasons")}</dt>
                <dd>
                  <ul className="signing-lines">
                    {reasons.map(({ key, value }) => (
                      <li key={key}>
                        <Data>{value.text}</Data>
                      </li>
                    ))}
                  </ul>
                </dd>
              </div>
            )}
            {asks && supplements.length > 0 && (
              <div>
                <dt>{t("supplements")}</dt>
                <dd>
                  <ul className="signing-lines">
                    {supplements.map(({ key, value }) => (
                      <li key={key}>
                        <Data>{value.text}</Data> {value.due && <CivilDate date={value.due} prose />}
                      </li>
                    ))}
                  </ul>
                </dd>
              </div>
            )}
            <div>
              <dt>{t("hands")}</dt>
              <dd>{[hands.hands.operator, hands.hands.reviewer].filter(Boolean).join(t("list-comma"))}</dd>
            </div>
            <div>
              <dt>{t("basis-file")}</dt>
              <dd>
                <Digest value={verified.report.file.sha256} short />
              </dd>
            </div>
            <div>
              <dt>{t("decide-where")}</dt>
              <dd>
                <Data>{path ?? ""}</Data>
              </dd>
            </div>
          </dl>
        </div>
      </ConfirmPassphrase>
    </>
  );
}
