import type { ReportItem, Verified } from "../../gen/wire";
import { FindingList } from "../../parts/FindingList";
import { endOf, namesOf, open } from "../../parts/findings";
import { useChecklistName } from "../../parts/names";
import { EmptyState, Section } from "../../parts/page";
import { Data } from "../../parts/values";
import { ItemMark, Need, ScenarioName } from "../../parts/words";
import { useText } from "../../text";

/** The destination's checklist, item by item: what answers it, and what was found. */
export function Checklist({ verified }: { verified: Verified }) {
  const { t } = useText();
  const { report } = verified;
  const { dossier } = report;
  const nameOf = useChecklistName();
  const name = dossier && nameOf(dossier.checklist_id);
  if (report.items.length === 0)
    return (
      <Section>
        <EmptyState title={t("checklist-none")} hint={t("checklist-none-hint")} />
      </Section>
    );
  return (
    <Section
      title={
        dossier && (
          <>
            <ScenarioName scenario={dossier.scenario} />
            {name && (
              <>
                {" "}
                · <Data>{name}</Data>
              </>
            )}
          </>
        )
      }
    >
      <ul className="items">
        {report.items.map((item) => (
          <Item key={item.item_id} item={item} verified={verified} />
        ))}
      </ul>
    </Section>
  );
}

function Item({ item, verified }: { item: ReportItem; verified: Verified }) {
  const { t, say } = useText();
  const nameOf = namesOf(verified, say);
  // What weakens the answer to an item stands with the credential; here it is told where the item is looked at.
  const behind = verified.report.credentials.filter(({ path }) => item.by.includes(path));
  // An item may be answered by what has ended since: that is said with the name, wherever the name stands.
  const by = item.by.map((path) => {
    const end = endOf(behind.find((credential) => credential.path === path)?.checks ?? []);
    const name = nameOf(path) ?? path;
    return end ? t("item-by-ended", { name, end: t(`standing-${end}`) }) : name;
  });
  const found = open([...item.checks, ...behind.flatMap(({ checks }) => checks)]);
  return (
    <li className="item">
      <div className="item-line">
        <ItemMark state={item.state} required={item.required} />
        <strong>{say(item.title)}</strong>
        <Need required={item.required} />
        <span className="item-by quiet">
          {by.length > 0 ? by.join(t("list-comma")) : t("item-by-nothing")}
        </span>
      </div>
      {found.length > 0 && <FindingList checks={found} advice={verified.advice} />}
    </li>
  );
}
