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
  Verdict,
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
  ownOf,
  ReasonsEditor,
  SupplementsEditor,
  useFirstDay,
  valuesOf,
} from "./Editors";
import { DecisionMark, OUTCOMES, ReasonCode } from "./marks";
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
        <Current
          key={id}
          page={page.data}
          draft={draft.data}
          settled={!(draft.isFetching || page.isFetching)}
        />
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

/** The judgement that somebody decides on. */
interface Seen {
  judgement: number;
  verdict: Verdict;
}

/** Begins anew when the case is judged again meanwhile and all of that is there: reasons of another report are none. */
function Current({ page, draft, settled }: Props & { settled: boolean }) {
  const latest: Seen = { judgement: draft.judgement, verdict: page.line.verdict };
  const [first] = useState(latest);
  const [seen, setSeen] = useState(latest);
  const [round, setRound] = useState(0);
  if (settled && seen.judgement !== latest.judgement) setSeen(latest);
  return (
    <Editing
      key={`${seen.judgement} ${round}`}
      page={page}
      draft={draft}
      seen={seen}
      first={first}
      onAnew={() => setRound(round + 1)}
    />
  );
}

/** That there is another report than the one that was looked at before. */
function Moved({ before, now }: { before: Verdict; now: Verdict }) {
  const { t } = useText();
  const said =
    before === now
      ? t("decide-again")
      : t("decide-moved", { before: t(`verdict-${before}`), now: t(`verdict-${now}`) });
  return <Alert type="warning" showIcon role="alert" title={said} />;
}

/** Why an outcome cannot be chosen; null where it can. */
function barred(outcome: DecisionOutcome, { state, verdict }: CaseLine): string | null {
  if (state === "received" && outcome !== "rejected") return "decide-after-accepting";
  const accepts = outcome === "accepted" || outcome === "accepted_with_conditions";
  return accepts && verdict === "failed" ? "decide-not-after-failing" : null;
}

/** What was typed. */
interface Typed {
  seen: Seen;
  outcome: DecisionOutcome;
  reasons: Edited<ReasonLine>[];
  supplements: Edited<SupplementLine>[];
  hands: Hands;
}

/**
 * Whether a line is a reason for an outcome. What was noted stays in the report: it is no reason to accept and none
 * against a dossier, and may be what a condition rests on. One's own goes with whatever is decided.
 */
const speaksFor = (outcome: DecisionOutcome, { from }: Edited<ReasonLine>): boolean =>
  from === "own" || outcome === "accepted_with_conditions" || (from === "report" && outcome !== "accepted");

interface EditingProps extends Props {
  seen: Seen;
  /** What was there when the page was opened. */
  first: Seen;
  onAnew: () => void;
}

function Editing({ page, draft, seen, first: opened, onAnew }: EditingProps) {
  const { t, say } = useText();
  const host = useHost();
  const { back, replace } = useRoute();
  const { line, verified } = page;
  const unsaved = useUnsaved<Typed>("cases", "decide", line.id);
  const { kept } = unsaved;
  // Whoever wrote nothing has nothing to look at again, unless the verdict itself moved under their eyes.
  const earlier = kept && kept.seen.judgement !== seen.judgement ? kept.seen : null;
  const before = earlier ?? (kept === null && opened.verdict !== seen.verdict ? opened : null);
  const moved = before !== null;
  // What came of another report is none of this one; what somebody added is kept.
  const same = moved ? null : kept;
  const [outcome, setOutcome] = useState<DecisionOutcome>(
    same?.outcome ?? (barred(draft.suggested, line) ? "rejected" : draft.suggested),
  );
  const [written, setWritten] = useState<Edited<ReasonLine>[]>(
    () =>
      same?.reasons ?? [
        ...edited(draft.reasons),
        ...edited(draft.remarks, "remark", draft.reasons.length),
        ...ownOf(kept?.reasons),
      ],
  );
  const reasons = written.filter((reason) => speaksFor(outcome, reason));
  const [supplements, setSupplements] = useState<Edited<SupplementLine>[]>(
    () => same?.supplements ?? [...edited(draft.supplements), ...ownOf(kept?.supplements)],
  );
  const [path, setPath] = useState<string | null>(null);
  const { status } = useSession();
  const hands = useHands(status.settings.four_eyes, kept?.hands);
  const keep = (part: Partial<Typed>) =>
    unsaved.keep({
      seen,
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
      judgement: seen.judgement,
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
      {before && <Moved before={before.verdict} now={seen.verdict} />}
      {same && (
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
            const all = [...lines, ...written.filter((reason) => !speaksFor(outcome, reason))];
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
                        <ReasonCode code={value.code} /> <Data>{value.text}</Data>
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
              <dd>
                {t("hands-operator")} <Data>{hands.hands.operator}</Data>
                {hands.hands.reviewer && (
                  <>
                    {t("list-comma")}
                    {t("hands-reviewer")} <Data>{hands.hands.reviewer}</Data>
                  </>
                )}
              </dd>
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
