import { Alert, Button, Checkbox } from "antd";
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
  const { count, firms, refused, holding, revoked, first, differing } = preview;
  const and = t("issue-and");
  return (
    <div className="stack">
      <p>
        {t("issue-will-firms", { count })} {count === 1 && <Data>{firms[0]?.name ?? ""}</Data>}
      </p>
      {refused.length > 0 && (
        <Alert type="info" showIcon title={t("issue-refused", { count: refused.length })} />
      )}
      {revoked.length > 0 && (
        <Revoked revoked={revoked} onLeaveOut={onLeaveOut} knowing={knowing} onKnowing={onKnowing} />
      )}
      {holding.length > 0 && <Holding holding={holding} onLeaveOut={onLeaveOut} />}
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

/** Firms named of those that hold one; more are only counted. */
const NAMED = 4;

/** Firms that hold a valid one already and would have two: mostly somebody chose all that were listed. */
function Holding({ holding, onLeaveOut }: { holding: HoldingFirm[]; onLeaveOut: (ids: string[]) => void }) {
  const { t } = useText();
  return (
    <Alert
      type="warning"
      showIcon
      title={t("issue-holding", { count: holding.length })}
      description={
        <>
          <ul>
            {holding.slice(0, NAMED).map(({ id, name, until }) => (
              <li key={id}>
                <Data>{name}</Data>{" "}
                <span className="quiet">
                  {until ? (
                    <>
                      {t("held-until")} <CivilDate date={until} />
                    </>
                  ) : (
                    t("held-endless")
                  )}
                </span>
              </li>
            ))}
          </ul>
          {holding.length > NAMED && <p>{t("issue-will-more", { count: holding.length - NAMED })}</p>}
        </>
      }
      action={<Button onClick={() => onLeaveOut(holding.map(({ id }) => id))}>{t("issue-leave-out")}</Button>}
    />
  );
}

type Revocations = Omit<Signing, "preview"> & { revoked: RevokedFirm[] };

/** Firms whose last one was revoked not long ago: whoever signs another does so knowing when and why. */
function Revoked({ revoked, onLeaveOut, knowing, onKnowing }: Revocations) {
  const { t } = useText();
  return (
    <Alert
      type="warning"
      showIcon
      title={t("issue-revoked", { count: revoked.length })}
      description={
        <>
          <ul className="issue-revoked">
            {revoked.map(({ id, name, on, reason }) => (
              <li key={id}>
                <Data>{name}</Data> <CivilDate date={on} /> {reason && <Data>{reason}</Data>}
              </li>
            ))}
          </ul>
          <Checkbox checked={knowing} onChange={({ target }) => onKnowing(target.checked)}>
            {t("issue-revoked-knowing")}
          </Checkbox>
        </>
      }
      action={<Button onClick={() => onLeaveOut(revoked.map(({ id }) => id))}>{t("issue-leave-out")}</Button>}
    />
  );
}

/** That no firm of those chosen can get one, and why, before a folder and a passphrase are asked for. */
export function NobodyGets({ refused }: { refused: RefusedFirm[] }) {
  const { t, say } = useText();
  return (
    <Alert
      type="error"
      showIcon
      title={t("issue-nobody")}
      description={
        <ul>
          {refused.map(({ id, name, why, code }) => (
            <li key={id}>
              <Data>{name}</Data> {say(why)} <code>{code}</code>
            </li>
          ))}
        </ul>
      }
    />
  );
}
