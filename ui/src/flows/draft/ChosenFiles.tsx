import { Button, Input, Select } from "antd";
import type { DraftAttachment, DraftPage } from "../../gen/wire";
import { Beside, LookButton, type Looking, useLooking } from "../../parts/Beside";
import { MediaType } from "../../parts/MediaType";
import { Mark } from "../../parts/marks";
import { EmptyState } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { sizeText } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { DemandsSelect } from "./Demands";

/** The attached files: their names for people, what they are, what they answer, and how they look. */
export function ChosenFiles({ page }: { page: DraftPage }) {
  const { t } = useText();
  const looking = useLooking();
  if (page.attachments.length === 0)
    return <EmptyState title={t("files-none")} hint={t("files-none-hint")} />;
  return (
    <Beside
      attachments={page.attachments.map(({ view }) => view)}
      looking={looking}
      from={{ dossier: null, case_id: null, draft_id: page.line.id }}
    >
      <ul className="chosen-files">
        {page.attachments.map((attachment) => (
          <File key={attachment.view.path} attachment={attachment} page={page} looking={looking} />
        ))}
      </ul>
    </Beside>
  );
}

interface FileProps {
  attachment: DraftAttachment;
  page: DraftPage;
  looking: Looking;
}

function File({ attachment, page, looking }: FileProps) {
  const { t, say } = useText();
  const act = useAct("draft.change_attachment");
  const { view, answers, beyond, demands } = attachment;
  const taken = page.items.some(({ attachment_kinds }) => attachment_kinds.includes(view.kind));
  const change = (part: { name?: string | null; kind?: string; answers?: string[]; demands?: string[] }) =>
    act.mutate({
      draft_id: page.line.id,
      path: view.path,
      name: view.name,
      kind: view.kind,
      answers,
      demands,
      ...part,
    });
  return (
    <li>
      <Input
        aria-label={t("file-name")}
        defaultValue={view.name}
        onBlur={({ target }) => {
          if (target.value.trim() !== "" && target.value !== view.name) change({ name: target.value });
        }}
      />
      <Select
        aria-label={t("attach-kind")}
        value={view.kind}
        onChange={(kind) => change({ kind })}
        options={page.attachment_kinds.map(({ kind, title }) => ({ value: kind, label: say(title) }))}
      />
      <Select
        mode="multiple"
        aria-label={t("file-answers")}
        placeholder={t(beyond ? "file-beyond" : taken ? "file-answers-by-kind" : "file-answers-none")}
        value={answers}
        onChange={(items) => change({ answers: items })}
        options={page.items.map(({ item_id, title }) => ({ value: item_id, label: say(title) }))}
      />
      <DemandsSelect page={page} value={demands} onChange={(ids) => change({ demands: ids })} />
      <span className="quiet">
        <MediaType of={view.media_type} /> · {sizeText(view.size)}
      </span>
      {view.remark && <Mark tone="info">{say(view.remark)}</Mark>}
      <LookButton attachment={view} looking={looking} />
      <Button size="small" danger loading={act.isPending} onClick={() => change({ name: null })}>
        {t("file-drop", { name: view.name })}
      </Button>
      {act.error && <RefusalAlert refusal={act.error.refusal} />}
    </li>
  );
}
