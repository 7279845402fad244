import { Alert, Button, Timeline } from "antd";
import type { ReactNode } from "react";
import type { CaseEventKind, DraftPage } from "../../gen/wire";
import { Belongs } from "../../parts/Belongs";
import { present } from "../../parts/clock";
import { Mark } from "../../parts/marks";
import { Facts, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Data, Digest, Instant, shanghaiInstant } from "../../parts/values";
import { WrittenNote } from "../../parts/written";
import { useRoute } from "../../route";
import { useAct, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { sentBefore, useSend } from "../sync/useSend";
import { AgainButton } from "./AgainButton";
import { Decided } from "./Decided";
import { DrillAnswer } from "./DrillAnswer";
import { DraftMark } from "./marks";
import { Overtaken } from "./Overtaken";
import { Sealed } from "./Sealed";
import type { Signed } from "./SignStep";
import "./draft.css";

/** A signed dossier: its digest, its file again, what happened, and what was decided. */
export function SignedView({ page, signed }: { page: DraftPage; signed: Signed | null }) {
  const { t } = useText();
  const host = useHost();
  const { go } = useRoute();
  const act = useAct("draft.export");
  const decision = useAct("draft.import_decision");
  const { line } = page;
  const conditions =
    line.state === "decided" &&
    page.decision?.outcome === "accepted_with_conditions" &&
    page.decision.supplements.length > 0;
  const send = useSend("dossier");
  const save = async (seal: boolean) => {
    const extension = seal ? "zzdossier.age" : "zzdossier";
    const path = await host.saveAs(t("sign-save"), `${line.title}.${extension}`, {
      name: t("kind-dossier"),
      extensions: [extension],
    });
    if (path) act.mutate({ id: line.id, path, seal });
  };
  const takeFrom = (path: string) =>
    decision.mutate(
      { path },
      {
        onSuccess: ({ draft_id }) => draft_id && draft_id !== line.id && go({ page: "draft", id: draft_id }),
      },
    );
  const take = async () => {
    const path = await host.chooseFile(t("decision-import"), [
      { name: t("decision-import"), extensions: ["zzdecision"] },
    ]);
    if (path) takeFrom(path);
  };
  useShortcut("Ctrl+S", "signed-export", () => void save(page.can_seal));
  const again = act.data && { written: act.data, sealed: act.variables.seal };
  const latest = again ?? (signed && "written" in signed ? signed : null);
  const failed = act.error ?? decision.error;
  return (
    <div className="page draft">
      <PageHeader
        title={<Data>{line.title}</Data>}
        lead={
          <>
            <DraftMark state={line.state} /> · {t(`scenario-${line.scenario}`)} ·{" "}
            <Data>{line.destination}</Data>
          </>
        }
        primary={
          <Button
            type={page.drill_answer ? "default" : "primary"}
            loading={act.isPending}
            onClick={() => void save(page.can_seal)}
          >
            {t("signed-export")}
          </Button>
        }
        extra={
          <>
            {send.button([line.id], sentBefore(page.timeline))}
            {page.can_seal && <Button onClick={() => void save(false)}>{t("signed-export-plain")}</Button>}
            {(line.state === "signed" || conditions) && <AgainButton id={line.id} conditions={conditions} />}
            <Button loading={decision.isPending} onClick={() => void take()}>
              {t("decision-import")}
            </Button>
          </>
        }
      />
      <Overtaken line={line} />
      {signed && "refusal" in signed && !act.data && <RefusalAlert refusal={signed.refusal} />}
      {failed && (
        <RefusalAlert
          refusal={failed.refusal}
          action={
            decision.error && <Belongs refusal={failed.refusal} path={decision.variables?.path ?? ""} />
          }
        />
      )}
      {send.note}
      {latest && (
        <WrittenNote written={latest.written}>
          <Sealed sealed={latest.sealed} />
        </WrittenNote>
      )}
      {page.drill_answer && (
        <DrillAnswer path={page.drill_answer} pending={decision.isPending} onTake={takeFrom} />
      )}
      {conditions && (
        <Alert
          type="info"
          showIcon
          title={t("signed-conditions")}
          description={t("signed-conditions-next")}
        />
      )}
      <Decided page={page} />
      <Section title={t("signed-what")}>
        <Facts
          rows={[
            [t("signed-digest"), page.signed_sha256 ? <Digest key="d" value={page.signed_sha256} /> : "—"],
            [t("signed-to"), page.destination ? <Data key="t">{page.destination.name}</Data> : "—"],
            [
              t("signed-credentials"),
              <span key="c" className="figure">
                {page.credentials.length}
              </span>,
            ],
            [
              t("signed-files"),
              <span key="f" className="figure">
                {page.attachments.length}
              </span>,
            ],
            ...declared(page, t("signed-declared")),
          ]}
        />
      </Section>
      <Section title={t("signed-timeline")}>
        <Timeline
          items={page.timeline.map((event) => ({
            content: (
              <>
                <span className="figure">{shanghaiInstant(event.at)}</span> {t(done(event.kind))}{" "}
                <span className="quiet">
                  <Data>{event.actor}</Data>
                </span>
                {event.note && <Note note={event.note} page={page} />}
              </>
            ),
          }))}
        />
      </Section>
    </div>
  );
}

/** What happened, as the firm did it: decisions are made elsewhere and come in here. */
const done = (kind: CaseEventKind) =>
  kind === "decided"
    ? "event-decision-came"
    : kind === "supplement"
      ? "event-supplement-came"
      : (`event-${kind}` as const);

/** The line about the firm's own statements, if it signed any with the dossier. */
const declared = ({ declared_until: at }: DraftPage, label: string): [string, ReactNode][] =>
  at ? [[label, <DeclaredUntil key="u" at={at} />]] : [];

/** When the firm's own statements end that were signed with the dossier, and that they are over. */
function DeclaredUntil({ at }: { at: string }) {
  const { t } = useText();
  // In a drill time stands still, where this window does not know.
  const { drill } = useSession().status;
  return (
    <>
      <Instant at={at} />{" "}
      {!drill && Date.parse(at) < present() && <Mark tone="warning">{t("signed-declared-over")}</Mark>}
    </>
  );
}

/** What is to be said of an event: which of the dossiers it is about, if several were signed, and otherwise words. */
function Note({ note, page }: { note: string; page: DraftPage }) {
  const { t } = useText();
  const signed = page.timeline.flatMap(({ kind, note }) => (kind === "signed" && note ? [note] : []));
  const place = signed.indexOf(note);
  return (
    <p title={place < 0 ? undefined : note}>
      {place < 0 ? (
        <Data>{note}</Data>
      ) : signed.length === 1 ? (
        <Data>{page.line.title}</Data>
      ) : (
        t("signed-which", { number: place + 1 })
      )}
    </p>
  );
}
