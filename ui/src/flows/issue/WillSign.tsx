import { Alert, Button, Checkbox } from "antd";
import type { ReactNode } from "react";
import type { HoldingFirm, IssuePreview, RefusedFirm, RevokedFirm } from "../../gen/wire";
import { Facts } from "../../parts/page";
import { CivilDate, Data } from "../../parts/values";
import { useText } from "../../text";
import { GettingFirms } from "./GettingFirms";

interface Signing {
  preview: IssuePreview;
  onLeaveOut: (ids: string[]) => void;
  /** Whether somebody goes on in the knowledge of what was revoked. */
  knowing: boolean;
  onKnowing: (knowing: boolean) => void;
}

/** What is about to be signed: for whom, for one of them every claim, and what differs between them. */
export function WillSign({ preview, onLeaveOut, knowing, onKnowing }: Signing) {
  const { t, say } = useText();
  const { count, firms, refused, holding, revoked, sharing, first, differing } = preview;
  const and = t("issue-and");
  return (
    <div className="stack">
      <p>
        {t("issue-will-firms", { count })} {count === 1 && <Data>{firms[0]?.name ?? ""}</Data>}
      </p>
      {refused.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t("issue-refused", { count: refused.length })}
          description={<Refused firms={refused} />}
        />
      )}
      {revoked.length > 0 && (
        <Mind
          title={t("issue-revoked", { count: revoked.length })}
          firms={revoked.map(({ id, name, on, reason }) => ({
            id,
            name,
            why: <When on={on} reason={reason} />,
          }))}
          onLeaveOut={onLeaveOut}
        >
          <Checkbox checked={knowing} onChange={({ target }) => onKnowing(target.checked)}>
            {t("issue-revoked-knowing")}
          </Checkbox>
        </Mind>
      )}
      {sharing.length > 0 && (
        <Mind
          title={t("issue-sharing", { count: sharing.length })}
          firms={sharing.map(({ id, name, warning }) => ({ id, name, why: say(warning) }))}
          onLeaveOut={onLeaveOut}
        />
      )}
      {holding.length > 0 && (
        <Mind
          title={t("issue-holding", { count: holding.length })}
          firms={holding.map(({ id, name, until }) => ({ id, name, why: <Until until={until} /> }))}
          onLeaveOut={onLeaveOut}
        />
      )}
      {count > 1 ? (
        <>
          <p>
            {t("issue-will-differ", {
              claims: differing.map(({ label }) => say(label)).join(and) || t("issue-will-same"),
            })}
          </p>
          <GettingFirms firms={firms} differing={differing} />
          <p className="quiet">
            {t("issue-will-first")} <Data>{firms[0]?.name ?? ""}</Data>
          </p>
        </>
      ) : (
        <p>{t("issue-will-say")}</p>
      )}
      <Facts rows={first.map(({ label, value, path }) => [say(label), <Data key={path}>{value}</Data>])} />
    </div>
  );
}

/** When the last one was revoked, and why. */
function When({ on, reason }: Pick<RevokedFirm, "on" | "reason">) {
  return (
    <>
      <CivilDate date={on} /> {reason && <Data>{reason}</Data>}
    </>
  );
}

/** Until when a valid one stands. */
function Until({ until }: Pick<HoldingFirm, "until">) {
  const { t } = useText();
  if (!until) return t("held-endless");
  return (
    <>
      {t("held-until")} <CivilDate date={until} />
    </>
  );
}

/** Firms named of several; more are only counted. */
const NAMED = 4;

interface Minding {
  title: string;
  firms: { id: string; name: string; why: ReactNode }[];
  onLeaveOut: (ids: string[]) => void;
  children?: ReactNode;
}

/** Firms of which there is something to mind before signing, with what it is, and how to go on without them. */
function Mind({ title, firms, onLeaveOut, children }: Minding) {
  const { t } = useText();
  // Whoever confirms to have seen them has to have seen all.
  const named = children ? firms : firms.slice(0, NAMED);
  return (
    <Alert
      type="warning"
      showIcon
      title={title}
      description={
        <>
          <ul className={children ? "issue-all" : undefined}>
            {named.map(({ id, name, why }) => (
              <li key={id}>
                <Data>{name}</Data> <span className="quiet">{why}</span>
              </li>
            ))}
          </ul>
          {firms.length > named.length && (
            <p>{t("issue-will-more", { count: firms.length - named.length })}</p>
          )}
          {children}
        </>
      }
      action={<Button onClick={() => onLeaveOut(firms.map(({ id }) => id))}>{t("issue-leave-out")}</Button>}
    />
  );
}

/** That no firm of those chosen can get one, and why, before a folder and a passphrase are asked for. */
export function NobodyGets({ refused }: { refused: RefusedFirm[] }) {
  const { t } = useText();
  return <Alert type="error" showIcon title={t("issue-nobody")} description={<Refused firms={refused} />} />;
}

/** Firms that get none, and why. */
function Refused({ firms }: { firms: RefusedFirm[] }) {
  const { say } = useText();
  return (
    <ul className="issue-all">
      {firms.map(({ id, name, why, code }) => (
        <li key={id}>
          <Data>{name}</Data> <span className="quiet">{say(why)}</span> <code>{code}</code>
        </li>
      ))}
    </ul>
  );
}
