import { Alert, Button } from "antd";
import type { HoldingFirm, IssuePreview, RefusedFirm } from "../../gen/wire";
import { Facts } from "../../parts/page";
import { CivilDate, Data } from "../../parts/values";
import { useText } from "../../text";

type Signing = { preview: IssuePreview; onLeaveOut: (ids: string[]) => void };

/** What is about to be signed: for whom, for one of them every claim, and what differs between them. */
export function WillSign({ preview, onLeaveOut }: Signing) {
  const { t, say } = useText();
  const { count, firms, refused, holding, first, differing } = preview;
  const and = t("issue-and");
  return (
    <div className="stack">
      <p>
        {t("issue-will-firms", { count })} <Data>{firms.join(and)}</Data>
        {count > firms.length && t("issue-will-more", { count: count - firms.length })}
      </p>
      {refused.length > 0 && (
        <Alert type="info" showIcon title={t("issue-refused", { count: refused.length })} />
      )}
      {holding.length > 0 && <Holding holding={holding} onLeaveOut={onLeaveOut} />}
      <p>
        {count > 1
          ? t("issue-will-differ", { claims: differing.map(say).join(and) || t("issue-will-same") })
          : t("issue-will-say")}
      </p>
      {count > 1 && (
        <p className="quiet">
          {t("issue-will-first")} <Data>{firms[0] ?? ""}</Data>
        </p>
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
