import { Button } from "antd";
import type { ReactNode } from "react";
import type { DraftLine, DraftState, HeldLine, RequestLine, Standing } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { Section } from "../../parts/page";
import type { Tone } from "../../parts/theme";
import { Age, CivilDate, Data, Instant } from "../../parts/values";
import { ScenarioName } from "../../parts/words";
import { type Route, useRoute } from "../../route";
import { useAsk } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { OPENS } from "..";
import { Deadline, Differ, daysLeft, StandingMark } from "../draft/marks";
import { endsWithin, isOver } from "../hold/marks";

const STANDING_TONE: Record<Standing, Tone> = {
  valid: "pass",
  expiring: "warning",
  expired: "fail",
  revoked: "fail",
  ended: "fail",
  suspended: "warning",
  unknown: "pending",
};
const DRAFT_TONE: Record<DraftState, Tone> = { draft: "warning", signed: "info", decided: "pass" };

/** A line that opens something, or only tells it. */
function Line({ route, children, state }: { route: Route | null; children: ReactNode; state: ReactNode }) {
  const { go } = useRoute();
  return (
    <li className="home-line">
      {route ? (
        <button type="button" onClick={() => go(route)}>
          {children}
        </button>
      ) : (
        <span>{children}</span>
      )}
      <span className="home-state">{state}</span>
    </li>
  );
}

function More({ route, label }: { route: Route | null | undefined; label: string }) {
  const { t } = useText();
  const { go } = useRoute();
  if (!route) return null;
  return (
    <Button size="small" type="text" onClick={() => go(route)}>
      {t(label)}
    </Button>
  );
}

/** How a credential stands, and for one that ends soon how soon. */
function Stands({ line }: { line: HeldLine }) {
  const { t } = useText();
  const within = endsWithin(line);
  if (within) return <Mark tone={within.tone}>{t("home-standing-within", { days: within.days })}</Mark>;
  return <Mark tone={STANDING_TONE[line.standing]}>{t(`home-standing-${line.standing}`)}</Mark>;
}

/** What a destination waits for until a day, the next first; then credentials that end soon or do not hold. */
export function Due({ held, drafts, total }: { held: HeldLine[]; drafts: DraftLine[]; total: number }) {
  const { t, say } = useText();
  return (
    <Section title={t("home-due")} extra={<More route={OPENS.held?.(null)} label="home-all-held" />}>
      {held.length + drafts.length === 0 ? (
        <p className="quiet">
          {total === 0 ? t("home-due-nothing-held") : t("home-due-none", { count: total })}
        </p>
      ) : (
        <ul>
          {drafts.map((draft) => (
            <Line key={draft.id} route={OPENS.draft?.(draft.id) ?? null} state={<Asked draft={draft} />}>
              <strong>
                <Data>{draft.title}</Data>
              </strong>
              <span className="quiet">
                <Data>{draft.destination}</Data>
              </span>
            </Line>
          ))}
          {held.map((one) => (
            <Line
              key={one.id}
              route={OPENS.held?.(one.id) ?? null}
              state={
                <>
                  <Stands line={one} />
                  {one.moved && (
                    <span>{t("home-moved", { from: t(`home-standing-${one.moved.from}`) })}</span>
                  )}
                  <span className="quiet">
                    <CivilDate date={one.valid_until} />
                    {one.days_left !== null && !isOver(one) && ` · ${daysLeft(t, one.days_left)}`}
                  </span>
                </>
              }
            >
              <strong>{say(one.title)}</strong>
              <span className="quiet">
                <Data>{one.issuer}</Data>
              </span>
            </Line>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What the destination decided, until when it waits for what it asked for, and that another dossier was signed since. */
function Asked({ draft }: { draft: DraftLine }) {
  const { t } = useText();
  return (
    <>
      <StandingMark line={draft} />
      {draft.differ && <Differ />}
      {draft.due && (
        <span>
          <span className="quiet">{t("signed-due")}</span> <Deadline line={draft} />
        </span>
      )}
    </>
  );
}

/** Requests that wait for an answer. */
export function Open({ requests }: { requests: RequestLine[] }) {
  const { t } = useText();
  return (
    <Section
      title={t("home-requests")}
      extra={<More route={OPENS.request?.(null)} label="home-all-requests" />}
    >
      {requests.length === 0 ? (
        <p className="quiet">{t("home-requests-none")}</p>
      ) : (
        <ul>
          {requests.map((request) => (
            <Line
              key={request.id}
              route={OPENS.request?.(request.id) ?? null}
              state={
                <span className="quiet">
                  {t("home-until")} <Instant at={request.expires} />
                </span>
              }
            >
              <strong>
                <Data>{request.other ?? "—"}</Data>
              </strong>
              <span className="quiet">
                <ScenarioName scenario={request.scenario} />
              </span>
            </Line>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Dossiers in work, the newest first. */
export function Work({ drafts }: { drafts: DraftLine[] }) {
  const { t } = useText();
  return (
    <Section title={t("home-drafts")} extra={<More route={OPENS.draft?.(null)} label="home-all-drafts" />}>
      {drafts.length === 0 ? (
        <p className="quiet">{t("home-drafts-none")}</p>
      ) : (
        <ul>
          {drafts.map((draft) => (
            <Line
              key={draft.id}
              route={OPENS.draft?.(draft.id) ?? null}
              state={
                draft.outcome || draft.overtaken ? (
                  <Asked draft={draft} />
                ) : (
                  <>
                    <Mark tone={DRAFT_TONE[draft.state]}>{t(`home-draft-${draft.state}`)}</Mark>
                    <span className="quiet">
                      <Instant
                        at={draft.state === "draft" ? draft.updated : (draft.signed ?? draft.updated)}
                      />
                    </span>
                  </>
                )
              }
            >
              <strong>
                <Data>{draft.title}</Data>
              </strong>
              <span className="quiet">
                <ScenarioName scenario={draft.scenario} /> · <Data>{draft.destination}</Data>
              </span>
            </Line>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What is to be known about this machine: its trust data and its backups. */
export function Notices() {
  const { t, say } = useText();
  const { status } = useSession();
  const backups = useAsk("upkeep.backups", {});
  const { trust } = status;
  const newest = backups.data?.backups[0];
  const due = backups.data?.due;
  // Without a folder of its own the copy lies beside the database: one disk takes both.
  const beside = !status.drill && backups.data?.folder === null;
  return (
    <Section title={t("home-machine")}>
      <ul>
        <Line
          route={{ page: "trust", from: null }}
          state={
            <Mark tone={!trust.present ? "fail" : trust.expired ? "warning" : "pass"}>
              {t(!trust.present ? "home-trust-none" : trust.expired ? "home-trust-old" : "home-trust-good")}
            </Mark>
          }
        >
          <strong>{t("home-trust")}</strong>
          <span className="quiet">
            {trust.present && (
              <>
                <Instant at={trust.timestamp} /> · <Age seconds={trust.age_seconds} />
              </>
            )}
          </span>
        </Line>
        {backups.data && (
          <Line
            route={{ page: "upkeep" }}
            state={
              <Mark tone={due || beside ? "warning" : "pass"}>
                {t(due ? "home-backup-due" : beside ? "home-backup-beside" : "home-backup-good")}
              </Mark>
            }
          >
            <strong>{t("home-backup")}</strong>
            <span className="quiet">
              {due ? say(due) : newest && <Instant at={newest.at} />}
              {!due && beside && ` · ${t("home-backup-beside-why")}`}
            </span>
          </Line>
        )}
      </ul>
    </Section>
  );
}
