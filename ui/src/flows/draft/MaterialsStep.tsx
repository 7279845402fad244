import { Button, Modal } from "antd";
import { useState } from "react";
import type { DraftDemand, DraftItem, DraftPage } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { EmptyState, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { CivilDate, Data, ProvenanceTag } from "../../parts/values";
import { ModeMark, Need } from "../../parts/words";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import { AttachButton } from "./AttachButton";
import { ChosenCredentials } from "./ChosenCredentials";
import { ChosenFiles } from "./ChosenFiles";
import { Added, Until } from "./Demands";
import { openDemands, openOf, ReadyMark } from "./marks";

/** The kind of what has no kind of its own. */
const OTHER = "other";

/** Every kind that a file can be, what has no kind of its own first. */
function anyKind(page: DraftPage): string[] {
  const kinds = page.attachment_kinds.map(({ kind }) => kind);
  return [...kinds.filter((kind) => kind === OTHER), ...kinds.filter((kind) => kind !== OTHER)];
}

/** 材料: the destination's checklist item by item, what counts as what there, and what is missing. */
export function MaterialsStep({ page }: { page: DraftPage }) {
  const { t, say } = useText();
  const open = openOf(page, say).length;
  const demands = openDemands(page).length;
  return (
    <>
      <Section
        title={t("materials-title")}
        extra={
          <>
            {demands > 0 && <Mark tone="warning">{t("demands-open", { count: demands })}</Mark>}
            {open > 0 ? (
              <Mark tone="warning">{t("materials-open", { count: open })}</Mark>
            ) : (
              <Mark tone="pass">{t("materials-complete")}</Mark>
            )}
          </>
        }
      >
        <ul className="materials">
          {page.items.map((item) => (
            <Item key={item.item_id} item={item} page={page} />
          ))}
          {page.beyond.map((item) => (
            <Beyond key={`${item.text} ${item.due}`} item={item} page={page} />
          ))}
        </ul>
      </Section>
      <Section title={t("materials-credentials", { count: page.credentials.length })}>
        <ChosenCredentials page={page} />
      </Section>
      <Section
        title={t("materials-files", { count: page.attachments.length })}
        extra={
          <AttachButton page={page} answers={[]} kinds={page.attachment_kinds.map(({ kind }) => kind)} />
        }
      >
        <ChosenFiles page={page} />
      </Section>
    </>
  );
}

function Item({ item, page }: { item: DraftItem; page: DraftPage }) {
  const { t, say } = useText();
  const [choosing, setChoosing] = useState(false);
  const holds = item.state !== "missing" && item.state !== "insufficient";
  // What was asked for in words may be any file, also where the item itself takes credentials only.
  const kinds =
    item.attachment_kinds.length === 0 && item.asked.length > 0 ? anyKind(page) : item.attachment_kinds;
  return (
    <li>
      <div className="material-head">
        <ReadyMark state={item.state} required={item.required} />
        <strong>{say(item.title)}</strong>
        <Need required={item.required} />
        <span className="material-actions">
          {item.candidates.length > 0 && (
            <Button size="small" onClick={() => setChoosing(true)}>
              {t("materials-choose", { count: item.candidates.length })}
            </Button>
          )}
          {kinds.length > 0 && <AttachButton page={page} answers={[item.item_id]} kinds={kinds} small />}
        </span>
      </div>
      <ChosenFor by={item.by} />
      {item.asked
        .filter(({ by }) => by.length > 0)
        .map((demand) => (
          <Added key={`${demand.text} ${demand.due}`} demand={demand} />
        ))}
      {item.remark && <p className="material-remark">{say(item.remark)}</p>}
      {item.accepted.length > 0 && (
        <ul className="accepted">
          {item.accepted.map((one) => (
            <li key={`${one.title.zh}-${one.rule_id}`}>
              <ModeMark mode={one.mode} holds={holds} /> {say(one.title)}
              {one.counts_as && <span className="quiet"> → {say(one.counts_as)}</span>}
              {one.supplements.length > 0 && (
                <span className="quiet">
                  {" · "}
                  {t("materials-supplements")} {one.supplements.map(say).join(t("list-comma"))}
                </span>
              )}
              {one.basis && (
                <span className="quiet">
                  {" · "}
                  <Data>{one.basis}</Data>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {item.basis && (
        <p className="quiet">
          {t("materials-basis")} <Data>{item.basis}</Data>
        </p>
      )}
      {choosing && <Choose item={item} page={page} onClose={() => setChoosing(false)} />}
    </li>
  );
}

/** What the destination asked for beyond its checklist. Any kind of file can answer it, and it answers nothing else. */
function Beyond({ item, page }: { item: DraftDemand; page: DraftPage }) {
  const { t } = useText();
  return (
    <li>
      <div className="material-head">
        <ReadyMark state={item.by.length > 0 ? "ready" : "insufficient"} required />
        <strong>
          <Data>{item.text}</Data>
        </strong>
        <Need required />
        <span className="material-actions">
          <AttachButton page={page} answers={[]} kinds={anyKind(page)} small />
        </span>
      </div>
      <ChosenFor by={item.by} />
      <p className="quiet">
        {t("materials-beyond")} <Until demand={item} />
      </p>
    </li>
  );
}

/** What was chosen or attached for a row, by name. */
function ChosenFor({ by }: { by: string[] }) {
  const { t } = useText();
  if (by.length === 0) return null;
  return (
    <p>
      {t("materials-by")} <Data>{by.join(t("list-comma"))}</Data>
    </p>
  );
}

/** Held credentials that could answer an item; the least that the checklist needs is shown. */
function Choose({ item, page, onClose }: { item: DraftItem; page: DraftPage; onClose: () => void }) {
  const { t, say } = useText();
  const held = useAsk("hold.list", { text: "" });
  const act = useAct("draft.choose");
  const lines = (held.data?.credentials ?? []).filter(({ id }) => item.candidates.includes(id));
  return (
    <Modal open title={t("choose-title", { item: say(item.title) })} footer={null} onCancel={onClose}>
      <div className="stack">
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {held.error && <RefusalAlert refusal={held.error.refusal} />}
        {held.isPending && <EmptyState title={t("loading")} />}
        {held.data && lines.length === 0 && <EmptyState title={t("choose-none")} />}
        <ul className="candidates">
          {lines.map((line) => (
            <li key={line.id}>
              <span>
                <strong>{say(line.title)}</strong> <ProvenanceTag of={line.provenance} />
                <br />
                <span className="quiet">
                  {line.number && <Data>{line.number}</Data>} · {t("held-until")}{" "}
                  <CivilDate date={line.valid_until} />
                </span>
              </span>
              <Button
                loading={act.isPending}
                disabled={page.credentials.some(
                  ({ credential_id, answers }) =>
                    credential_id === line.id && (answers.length === 0 || answers.includes(item.item_id)),
                )}
                onClick={() =>
                  act.mutate(
                    {
                      draft_id: page.line.id,
                      credential_id: line.id,
                      disclose: null,
                      answers: answersWith(page, line.id, item.item_id),
                    },
                    { onSuccess: onClose },
                  )
                }
              >
                {t("choose-take")}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}

/** The items that a credential answers, with one more. */
function answersWith(page: DraftPage, credential: string, item: string): string[] {
  const chosen = page.credentials.find(({ credential_id }) => credential_id === credential);
  return [...new Set([...(chosen?.answers ?? []), item])];
}
