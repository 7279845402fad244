import { Button, Modal } from "antd";
import { useState } from "react";
import type { DraftCredential, DraftDemand, DraftItem, DraftPage } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { EmptyState, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useForms } from "../../parts/useForms";
import { Data, ProvenanceTag } from "../../parts/values";
import { ModeMark, Need } from "../../parts/words";
import { useAct, useAsk } from "../../rpc";
import { useText, visible } from "../../text";
import { Until as HeldUntil } from "../hold/marks";
import { AttachButton } from "./AttachButton";
import { ChosenCredentials } from "./ChosenCredentials";
import { ChosenFiles } from "./ChosenFiles";
import { Asked, Until } from "./Demands";
import { openDemands, openOf, ReadyMark } from "./marks";
import { beyondPlace, itemPlace } from "./places";

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
  const forms = useForms(page.line.id);
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
          {page.beyond.map((item, index) => (
            <Beyond key={item.id} item={item} index={index} page={page} />
          ))}
        </ul>
      </Section>
      <Section title={t("materials-credentials", { count: page.credentials.length })}>
        <ChosenCredentials page={page} />
      </Section>
      <Section
        title={t("materials-files", { count: page.attachments.length })}
        extra={
          <span className="row">
            {forms.button}
            <AttachButton
              page={page}
              answers={[]}
              demands={[]}
              kinds={page.attachment_kinds.map(({ kind }) => kind)}
            />
          </span>
        }
      >
        <p className="quiet">{t("forms-means")}</p>
        {forms.note}
        <ChosenFiles page={page} />
      </Section>
    </>
  );
}

function Item({ item, page }: { item: DraftItem; page: DraftPage }) {
  const { t, say } = useText();
  const [choosing, setChoosing] = useState<Choice | null>(null);
  const holds = !["missing", "insufficient", "asked"].includes(item.state);
  const title = say(item.title);
  const actions = (demand: string | null, kinds: string[]) => (
    <>
      {item.candidates.length > 0 && (
        <Button
          size="small"
          onClick={() => setChoosing({ title, item: item.item_id, demand, among: item.candidates })}
        >
          {t("materials-choose", { count: item.candidates.length })}
        </Button>
      )}
      {kinds.length > 0 && (
        <AttachButton
          page={page}
          answers={demand ? [] : [item.item_id]}
          demands={demand ? [demand] : []}
          kinds={kinds}
          row
        />
      )}
    </>
  );
  // What was asked for in words may be any file, also where the item itself takes credentials only.
  const kinds = [...new Set([...item.attachment_kinds, ...anyKind(page)])];
  return (
    <li id={itemPlace(item.item_id)} tabIndex={-1}>
      <div className="material-head">
        <ReadyMark state={item.state} required={item.required} />
        <strong>{title}</strong>
        <Need required={item.required} />
        {item.asked.length === 0 && (
          <span className="material-actions">{actions(null, item.attachment_kinds)}</span>
        )}
      </div>
      <ChosenFor by={item.by} />
      {item.asked.map((demand) => (
        <Asked key={demand.id} demand={demand} actions={actions(demand.id, kinds)} />
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
              <span className="quiet">
                {" · "}
                <Data>{say(one.grounds)}</Data>
              </span>
            </li>
          ))}
        </ul>
      )}
      {item.basis && (
        <p className="quiet">
          {t("materials-basis")} <Data>{item.basis}</Data>
        </p>
      )}
      {choosing && <Choose choice={choosing} page={page} onClose={() => setChoosing(null)} />}
    </li>
  );
}

/** What the destination asked for beyond its checklist. Any credential and any kind of file can answer it; what is
 * chosen for it answers nothing else. */
function Beyond({ item, index, page }: { item: DraftDemand; index: number; page: DraftPage }) {
  const { t } = useText();
  const [choosing, setChoosing] = useState(false);
  return (
    <li id={beyondPlace(index)} tabIndex={-1}>
      <div className="material-head">
        <ReadyMark state={item.by.length > 0 ? "ready" : "asked"} required />
        <strong>
          <Data>{item.text}</Data>
        </strong>
        <Need required />
        <span className="material-actions">
          <Button size="small" onClick={() => setChoosing(true)}>
            {t("materials-choose-any")}
          </Button>
          <AttachButton page={page} answers={[]} demands={[item.id]} kinds={anyKind(page)} row />
        </span>
      </div>
      <ChosenFor by={item.by} />
      <p className="quiet">
        {t("materials-beyond")} <Until demand={item} />
      </p>
      {choosing && (
        <Choose
          choice={{ title: visible(item.text), item: null, demand: item.id, among: null }}
          page={page}
          onClose={() => setChoosing(false)}
        />
      )}
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

/** What a credential is chosen for. */
interface Choice {
  title: string;
  /** An item of the checklist. */
  item: string | null;
  /** What was asked for there, or beyond the checklist. */
  demand: string | null;
  /** The credentials that could answer it; null for any. */
  among: string[] | null;
}

/** Held credentials that could answer something; the least that the checklist needs is shown. */
function Choose({ choice, page, onClose }: { choice: Choice; page: DraftPage; onClose: () => void }) {
  const { t, say } = useText();
  const held = useAsk("hold.list", { text: "" });
  const act = useAct("draft.choose");
  const { item, demand, among } = choice;
  const lines = (held.data?.credentials ?? []).filter(({ id }) => among?.includes(id) ?? true);
  const chosen = (id: string) => page.credentials.find(({ credential_id }) => credential_id === id);
  const isChosen = ({ answers, demands }: DraftCredential) =>
    demand ? demands.includes(demand) : answers.length === 0 || (item !== null && answers.includes(item));
  return (
    <Modal open title={t("choose-title", { item: choice.title })} footer={null} onCancel={onClose}>
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
                  {line.number && <Data>{line.number}</Data>} · {t("held-until")} <HeldUntil line={line} />
                </span>
              </span>
              <Button
                loading={act.isPending}
                disabled={[chosen(line.id)].some((one) => one !== undefined && isChosen(one))}
                onClick={() =>
                  act.mutate(
                    {
                      draft_id: page.line.id,
                      credential_id: line.id,
                      disclose: null,
                      answers: withOne(chosen(line.id)?.answers, demand ? null : item),
                      demands: withOne(chosen(line.id)?.demands, demand),
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

/** What a credential answers already, with one more if there is one. */
const withOne = (known: string[] = [], more: string | null): string[] =>
  more ? [...new Set([...known, more])] : known;
