import type { AttachmentView, ReportItem, Verified } from "../../gen/wire";
import { Beside, type From, LookButton, type Looking, useLooking } from "../../parts/Beside";
import { FindingList } from "../../parts/FindingList";
import { endOf, namesOf, open } from "../../parts/findings";
import { useChecklistName } from "../../parts/names";
import { EmptyState, Section } from "../../parts/page";
import { Data } from "../../parts/values";
import { ItemMark, Need, ScenarioName } from "../../parts/words";
import { useText } from "../../text";

/** The destination's checklist, item by item: what answers it, what was found, and the attachment to look at. */
export function Checklist({ verified, from }: { verified: Verified; from: From }) {
  const { t } = useText();
  const { report } = verified;
  const { dossier } = report;
  const nameOf = useChecklistName();
  const looking = useLooking();
  const name = dossier && nameOf(dossier.checklist_id);
  if (report.items.length === 0)
    return (
      <Section>
        <EmptyState title={t("checklist-none")} hint={t("checklist-none-hint")} />
      </Section>
    );
  const answering = new Set(report.items.flatMap(({ by }) => by));
  const others = verified.attachments.filter(({ path }) => !answering.has(path));
  return (
    <Beside attachments={verified.attachments} looking={looking} from={from}>
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
            <Item key={item.item_id} item={item} verified={verified} looking={looking} />
          ))}
          {others.length > 0 && (
            <li className="item">
              <div className="item-line">
                <strong>{t("checklist-others")}</strong>
              </div>
              <Looks attachments={others} looking={looking} />
            </li>
          )}
        </ul>
      </Section>
    </Beside>
  );
}

/** The attachments of a row, each to be looked at beside the list. */
function Looks({ attachments, looking }: { attachments: AttachmentView[]; looking: Looking }) {
  return (
    <p className="item-looks">
      {attachments.map((attachment) => (
        <LookButton key={attachment.path} attachment={attachment} looking={looking} named />
      ))}
    </p>
  );
}

function Item({ item, verified, looking }: { item: ReportItem; verified: Verified; looking: Looking }) {
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
  const attached = verified.attachments.filter(({ path }) => item.by.includes(path));
  const grounds = verified.grounds.find(({ subject }) => subject === item.item_id);
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
      {grounds && (
        <p className="quiet">
          {t("grounds")} <Data>{say(grounds.text)}</Data>
        </p>
      )}
      {attached.length > 0 && <Looks attachments={attached} looking={looking} />}
      {found.length > 0 && <FindingList checks={found} advice={verified.advice} />}
    </li>
  );
}
