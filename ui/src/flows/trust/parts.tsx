import { Alert, Button } from "antd";
import type { DisabledProvince, PackLine, StatusListLine } from "../../gen/wire";
import { ListName } from "../../parts/ListName";
import { useIssuerName } from "../../parts/names";
import { EmptyState, Section, TableScroll } from "../../parts/page";
import { Age, CivilDate, Data, Id, Instant } from "../../parts/values";
import { ScenarioName } from "../../parts/words";
import { useRoute } from "../../route";
import { useText } from "../../text";
import { useRegionName } from "./regions";

/** Provinces whose part cannot be used, each with its reason. */
export function Disabled({ provinces }: { provinces: DisabledProvince[] }) {
  const { t, say } = useText();
  const nameOf = useRegionName();
  return (
    <Section title={t("trust-disabled")}>
      <div className="stack">
        {provinces.map(({ province, why }) => (
          <Alert
            key={province}
            type="warning"
            showIcon
            title={nameOf(`${province}0000`)}
            description={say(why)}
          />
        ))}
      </div>
    </Section>
  );
}

/** Who that is by the register, with the code on hover. */
export function Issuer({ code }: { code: string }) {
  const name = useIssuerName(code);
  return (
    <span title={code}>
      <Data>{name}</Data>
    </span>
  );
}

/** Rule packs with the checklists in them. */
export function Packs({ packs }: { packs: PackLine[] }) {
  const { t, say } = useText();
  const { go } = useRoute();
  return (
    <Section title={t("trust-packs")}>
      {packs.length === 0 ? (
        <EmptyState title={t("trust-packs-none")} hint={t("trust-packs-none-hint")} />
      ) : (
        <ul className="trust-packs">
          {packs.map((pack) => (
            <li key={`${pack.province} ${pack.id}`}>
              <h3>
                {pack.to_regions.map(say).join(t("list-comma"))}{" "}
                <span className="quiet">{t("trust-pack-version", { version: pack.version })}</span>
                <Button
                  size="small"
                  type="link"
                  aria-label={t("pack-open-of", { where: pack.to_regions.map(say).join(t("list-comma")) })}
                  onClick={() => go({ page: "pack", id: pack.id, region: pack.province })}
                >
                  {t("pack-open")}
                </Button>
              </h3>
              <p className="quiet">
                {t("trust-pack-from")} <CivilDate date={pack.valid_from} />
                {pack.valid_until && (
                  <>
                    {" "}
                    {t("trust-pack-until")} <CivilDate date={pack.valid_until} />
                  </>
                )}{" "}
                · {t("trust-pack-by")} <Issuer code={pack.publisher} /> · <Id text={pack.id} />
              </p>
              <ul className="trust-checklists">
                {pack.checklists.map((checklist) => (
                  <li key={checklist.id}>
                    <strong>{say(checklist.title)}</strong>{" "}
                    <span className="quiet">
                      <ScenarioName scenario={checklist.scenario} />
                    </span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Status lists that are kept, with their age. */
export function Lists({ lists }: { lists: StatusListLine[] }) {
  const { t } = useText();
  return (
    <Section title={t("trust-lists")}>
      {lists.length === 0 ? (
        <EmptyState title={t("trust-lists-none")} hint={t("trust-lists-none-hint")} />
      ) : (
        <TableScroll name={t("trust-lists")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("trust-list")}</th>
                <th scope="col">{t("trust-list-issuer")}</th>
                <th scope="col">{t("trust-list-signed")}</th>
                <th scope="col">{t("trust-list-age")}</th>
              </tr>
            </thead>
            <tbody>
              {lists.map((list) => (
                <tr key={list.uri}>
                  <td>
                    <ListName uri={list.uri} />
                  </td>
                  <td>{list.issuer ? <Issuer code={list.issuer} /> : "—"}</td>
                  <td>
                    <Instant at={list.iat} />
                  </td>
                  <td>
                    <Age seconds={list.age_seconds} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Section>
  );
}
