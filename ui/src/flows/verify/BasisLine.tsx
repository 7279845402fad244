import { Button } from "antd";
import type { Report, ReportBasis, ReportStatus } from "../../gen/wire";
import { ListName } from "../../parts/ListName";
import { AgeIcon } from "../../parts/marks";
import { Facts, Section } from "../../parts/page";
import { Age, CivilDate, Data, Digest, Id, Instant } from "../../parts/values";
import { useRoute } from "../../route";
import { useSession } from "../../session";
import { useText } from "../../text";
import { useRegionName } from "../trust/regions";

/** The oldest list decides how fresh the whole is; one that is missing is older than any. */
function oldest(lists: ReportStatus[]): ReportStatus | null {
  const age = ({ age_seconds }: ReportStatus) => age_seconds ?? Number.POSITIVE_INFINITY;
  return lists.reduce<ReportStatus | null>(
    (known, list) => (known && age(known) >= age(list) ? known : list),
    null,
  );
}

function Dated({ at, seconds }: { at: string | null; seconds: number | null }) {
  const { t } = useText();
  if (!at) return <strong>{t("basis-none")}</strong>;
  return (
    <>
      <Instant at={at} /> · <Age seconds={seconds} />
    </>
  );
}

/** The rule pack by the place whose rules it holds; what it says is one step away. */
function Pack({ id, version, region }: { id: string; version: number; region: string | undefined }) {
  const { t } = useText();
  const { go } = useRoute();
  const nameOf = useRegionName();
  return (
    <>
      {region && <strong>{nameOf(region)}</strong>} {t("basis-version", { version })}{" "}
      {region && (
        <Button size="small" type="link" onClick={() => go({ page: "pack", id, region, version })}>
          {t("pack-open")}
        </Button>
      )}
    </>
  );
}

/** 数据截至: what the verdict rests on and how old that is, in a line. */
export function BasisLine({ report: { basis, dossier } }: { report: Report }) {
  const { t } = useText();
  const list = oldest(basis.status);
  const { refresh_by } = useSession().status.trust;
  return (
    <section className="basis-line card" aria-label={t("basis")}>
      <AgeIcon aria-hidden />
      <span>
        {t("basis-trust")}{" "}
        <Dated at={basis.trust?.timestamp ?? null} seconds={basis.trust?.age_seconds ?? null} />
      </span>
      {list && (
        <span>
          {t("basis-status")} <Dated at={list.iat} seconds={list.age_seconds} />
        </span>
      )}
      <span>
        {t("basis-pack")}{" "}
        {basis.rule_pack ? (
          <Pack {...basis.rule_pack} region={dossier?.destination_region} />
        ) : (
          <strong>{t("basis-pack-none")}</strong>
        )}
      </span>
      {refresh_by && (
        <span>
          {t("basis-refresh-by")} <Instant at={refresh_by} />
        </span>
      )}
      <span>
        {t(basis.online ? "basis-online" : "basis-offline")} <Instant at={basis.verified_at} />
      </span>
    </section>
  );
}

/** The same with versions and digests. */
export function BasisFacts({ basis, digest }: { basis: ReportBasis; digest: string }) {
  const { t } = useText();
  const { trust, rule_pack } = basis;
  return (
    <Section title={t("basis")}>
      <Facts
        rows={[
          [t("basis-verified-at"), <Instant key="at" at={basis.verified_at} />],
          [t("basis-method"), t(basis.online ? "basis-online" : "basis-offline")],
          [t("basis-software"), <Data key="software">{basis.software}</Data>],
          [
            t("basis-trust"),
            <Dated key="trust" at={trust?.timestamp ?? null} seconds={trust?.age_seconds ?? null} />,
          ],
          [
            t("basis-trust-versions"),
            trust
              ? t("basis-root-snapshot", { root: trust.root_version, snapshot: trust.snapshot_version })
              : "—",
          ],
          [
            t("basis-pack"),
            rule_pack ? (
              <span key="pack">
                {t("basis-version", { version: rule_pack.version })} · <Id text={rule_pack.id} />
              </span>
            ) : (
              t("basis-pack-none")
            ),
          ],
          [t("basis-pack-until"), <CivilDate key="until" date={rule_pack?.valid_until ?? null} />],
          [t("basis-file"), <Digest key="file" value={digest} />],
          [t("basis-root"), trust ? <Digest key="root" value={trust.pinned_root} /> : "—"],
        ]}
      />
      {basis.status.length > 0 && (
        <ul className="basis-lists">
          {basis.status.map(({ uri, iat, age_seconds }) => (
            <li key={uri}>
              <ListName uri={uri} />
              <span className="quiet">
                <Dated at={iat} seconds={age_seconds} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
