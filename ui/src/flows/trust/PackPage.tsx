import { Alert } from "antd";
import type { PackItem, PackList, PackRule, PackPage as Page, Sentence } from "../../gen/wire";
import { Facts, PageHeader, Section, TableScroll } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { CivilDate, Id } from "../../parts/values";
import { ScenarioName } from "../../parts/words";
import { useAsk } from "../../rpc";
import { useText } from "../../text";
import { Issuer } from "./parts";
import "./trust.css";

/** Several things in one sentence. */
function useListed(): (texts: Sentence[]) => string {
  const { t, say } = useText();
  return (texts) => texts.map(say).join(t("list-comma"));
}

/** A rule pack: what each checklist asks for, and what counts as what. */
export function PackPage({ id, region, version }: { id: string; region: string; version?: number }) {
  const { t } = useText();
  const listed = useListed();
  const asked = useAsk("trust.pack", { id, region });
  const page = asked.data;
  const where = page && listed(page.pack.to_regions);
  return (
    <div className="page">
      <PageHeader
        title={where ? t("pack-title", { where }) : t("trust-packs")}
        lead={page && t("trust-pack-version", { version: page.pack.version })}
      />
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {page && version !== undefined && version !== page.pack.version && (
        <Alert type="warning" showIcon title={t("pack-newer", { judged: version, now: page.pack.version })} />
      )}
      {page && (
        <>
          <Terms page={page} />
          {page.lists.map((list) => (
            <Checklist key={list.list.id} list={list} />
          ))}
          <Recognition rules={page.rules} of={page.pack.to_regions} />
        </>
      )}
    </div>
  );
}

function Terms({ page }: { page: Page }) {
  const { t } = useText();
  const { pack } = page;
  return (
    <Section>
      <Facts
        rows={[
          [
            t("pack-in-force"),
            <span key="days">
              <CivilDate date={pack.valid_from} /> {t("trust-pack-until")}{" "}
              {pack.valid_until ? <CivilDate date={pack.valid_until} /> : t("pack-no-end")}
            </span>,
          ],
          [t("pack-by"), <Issuer key="by" code={pack.publisher} />],
          [t("pack-list-age"), t("pack-days", { count: page.status_max_age_days })],
          [t("pack-trust-age"), t("pack-days", { count: page.trust_max_age_days })],
          [t("pack-id"), <Id key="id" text={pack.id} />],
        ]}
      />
    </Section>
  );
}

function Checklist({ list: { list, items } }: { list: PackList }) {
  const { t, say } = useText();
  return (
    <Section
      title={say(list.title)}
      extra={
        <span className="quiet">
          <ScenarioName scenario={list.scenario} /> · <Id text={list.id} />
        </span>
      }
    >
      <TableScroll name={say(list.title)}>
        <table className="plain pack">
          <thead>
            <tr>
              <th scope="col">{t("pack-item")}</th>
              <th scope="col">{t("pack-need")}</th>
              <th scope="col">{t("pack-evidence")}</th>
              <th scope="col">{t("pack-conditions")}</th>
              <th scope="col">{t("grounds")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                <th scope="row">{say(item.title)}</th>
                <td>
                  <span className={item.need === "never" ? "quiet" : "need"}>
                    {t(`pack-need-${item.need}`)}
                  </span>
                </td>
                <td>
                  <EvidenceOf item={item} />
                </td>
                <td>
                  <Said texts={item.conditions} />
                </td>
                <td>{item.basis ?? "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Section>
  );
}

/** What answers an item: credentials, attachments, and whether one of them is enough. */
function EvidenceOf({ item }: { item: PackItem }) {
  const { t } = useText();
  const listed = useListed();
  const { credentials, attachments, any, provenance } = item;
  return (
    <>
      {credentials.length > 0 && <p>{t("pack-credentials", { names: listed(credentials) })}</p>}
      {attachments.length > 0 && <p>{t("pack-attachments", { names: listed(attachments) })}</p>}
      {credentials.length === 0 && attachments.length === 0 && t("pack-stated")}
      {credentials.length + attachments.length > 1 && (
        <p className="quiet">{t(any ? "pack-any" : "pack-both")}</p>
      )}
      {provenance && provenance !== "declared" && (
        <p className="quiet">{t(`provenance-${provenance}-means`)}</p>
      )}
    </>
  );
}

function Said({ texts }: { texts: Sentence[] }) {
  const { say } = useText();
  if (texts.length === 0) return "—";
  return texts.map((text) => <p key={text.zh}>{say(text)}</p>);
}

function Recognition({ rules, of }: { rules: PackRule[]; of: Sentence[] }) {
  const { t, say } = useText();
  const listed = useListed();
  const where = of.map(say).join();
  return (
    <Section title={t("pack-rules")}>
      <p className="quiet">{t("pack-rules-hint")}</p>
      <TableScroll name={t("pack-rules")}>
        <table className="plain pack">
          <thead>
            <tr>
              <th scope="col">{t("pack-credential")}</th>
              <th scope="col">{t("pack-from")}</th>
              <th scope="col">{t("pack-for")}</th>
              <th scope="col">{t("pack-mode")}</th>
              <th scope="col">{t("pack-conditions")}</th>
              <th scope="col">{t("grounds")}</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.id}>
                <th scope="row">{say(rule.credential)}</th>
                <td>
                  {listed(rule.from)}
                  {rule.to.map(say).join() !== where && (
                    <p className="quiet">{t("pack-only-to", { where: listed(rule.to) })}</p>
                  )}
                </td>
                <td>
                  {rule.scenarios.length === 0
                    ? t("pack-all-scenarios")
                    : rule.scenarios.map((scenario) => t(`scenario-${scenario}`)).join(t("list-comma"))}
                </td>
                <td>
                  <strong>{t(`mode-${rule.mode}`)}</strong>
                  {rule.counts_as && (
                    <p className="quiet">{t("pack-counts-as", { name: say(rule.counts_as) })}</p>
                  )}
                </td>
                <td>
                  <Said texts={rule.conditions} />
                  {rule.supplements.length > 0 && (
                    <p>{t("pack-supplements", { names: listed(rule.supplements) })}</p>
                  )}
                </td>
                <td>
                  {rule.basis ?? "—"} <Id text={rule.id} />
                  {rule.demo && <p className="quiet">{t("pack-demo")}</p>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Section>
  );
}
