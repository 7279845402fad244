import { moment, useText } from "../../text";
import { days, grouped, type Report } from "./report";

/** What the verdict rests on and how old it is: a verdict without this cannot be weighed. */
export function Basis({ report }: { report: Report }) {
  const { language, t } = useText();
  const { basis } = report;
  const dated = (instant?: string | null, age?: number | null) => {
    if (!instant) return t("unknown");
    const when = moment(language, instant);
    if (age === undefined || age === null) return when;
    const ago = days(age) > 0 ? t("daysAgo", days(age)) : t("today");
    return language === "zh" ? `${when}（${ago}）` : `${when} (${ago})`;
  };
  const statuses = basis.status ?? [];
  // The oldest list decides how fresh the whole is.
  const oldest = statuses.reduce<(typeof statuses)[number] | undefined>(
    (known, list) => (known && known.age_seconds >= list.age_seconds ? known : list),
    undefined,
  );
  const rows: [string, string][] = [
    [t("trustAsOf"), dated(basis.trust?.timestamp, basis.trust?.age_seconds)],
    [t("statusAsOf"), dated(oldest?.iat, oldest?.age_seconds)],
    [
      t("rulePack"),
      basis.rule_pack ? `${basis.rule_pack.id} ${t("version", basis.rule_pack.version)}` : t("rulePackNone"),
    ],
    [t("verifiedAt"), `${moment(language, basis.verified_at)} · ${t(basis.online ? "online" : "offline")}`],
  ];
  return (
    <section className="basis">
      <h2>{t("basisTitle")}</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className="digest">
          <dt>{t("fileDigest")}</dt>
          <dd>
            <code>{grouped(report.file.sha256)}</code>
          </dd>
        </div>
      </dl>
    </section>
  );
}
