import type { AttachmentView, DraftPage } from "../../gen/wire";
import { Beside, LookButton, useLooking } from "../../parts/Beside";
import { MediaType } from "../../parts/MediaType";
import { Data, sizeText } from "../../parts/values";
import { useText } from "../../text";

/** The files that will be signed: what each is, what it answers, and how it looks. */
export function SignFiles({ page, files }: { page: DraftPage; files: AttachmentView[] }) {
  const { t, say } = useText();
  const looking = useLooking();
  const titleOf = (kind: string) => page.attachment_kinds.find((one) => one.kind === kind)?.title;
  /** What a file was attached for, on the checklist or beyond it. */
  const forWhat = ({ path, kind }: AttachmentView) => {
    const attached = page.attachments.find(({ view }) => view.path === path);
    const answered = page.items.filter(({ item_id, attachment_kinds }) =>
      attached?.answers.length ? attached.answers.includes(item_id) : attachment_kinds.includes(kind),
    );
    return attached?.beyond || answered.length === 0
      ? t("file-beyond")
      : t("file-for", { items: answered.map(({ title }) => say(title)).join(t("list-comma")) });
  };
  return (
    <Beside
      attachments={files}
      looking={looking}
      from={{ dossier: null, case_id: null, draft_id: page.line.id }}
    >
      <ul className="sign-files">
        {files.map((view) => {
          const kind = titleOf(view.kind);
          return (
            <li key={view.path}>
              <Data>{view.name}</Data> <LookButton attachment={view} looking={looking} />
              <p className="quiet">
                <Data>{kind ? say(kind) : view.kind}</Data> · {forWhat(view)} ·{" "}
                <MediaType of={view.media_type} /> · {sizeText(view.size)}
              </p>
            </li>
          );
        })}
      </ul>
    </Beside>
  );
}
