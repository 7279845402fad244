import { Alert } from "antd";
import type { IssuePreview, RefusedFirm } from "../../gen/wire";
import { Facts } from "../../parts/page";
import { Data } from "../../parts/values";
import { useText } from "../../text";

/** What is about to be signed: for whom, for one of them every claim, and what differs between them. */
export function WillSign({ preview }: { preview: IssuePreview }) {
  const { t, say } = useText();
  const { count, firms, refused, first, differing } = preview;
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
      <section className="will-sign" aria-label={t("issue-will-say")}>
        <Facts rows={first.map(({ label, value, path }) => [say(label), <Data key={path}>{value}</Data>])} />
      </section>
    </div>
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
