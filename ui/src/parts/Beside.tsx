// A list of what an attachment answers, and the attachment beside it: whoever checks item by item reads both at once.

import { CloseOutlined, DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { AttachmentView, PreviewAttachment } from "../gen/wire";
import { useAct, useHost } from "../rpc";
import { useText, visible } from "../text";
import { AttachmentPreview } from "./AttachmentPreview";
import { EmptyState, Scroll } from "./page";
import { RefusalAlert } from "./refusal";
import { useShortcut } from "./shortcuts";
import { Data } from "./values";
import { WrittenNote } from "./written";
import "./beside.css";

/** Where attachments are read from. */
export type From = Omit<PreviewAttachment, "path">;

/** Which attachment is looked at, and how another is. */
export interface Looking {
  /** What names the place beside the list. */
  id: string;
  path: string | null;
  look: (path: string | null) => void;
}

/** Nothing is looked at before somebody asks for it. */
export function useLooking(): Looking {
  const id = useId();
  const [path, look] = useState<string | null>(null);
  return { id, path, look };
}

/** 查看: shows an attachment beside the list that the button stands in, and puts it away again. */
export function LookButton({
  attachment: { path, name },
  looking,
  named = false,
}: {
  attachment: AttachmentView;
  looking: Looking;
  /** Whether the button says the name, too, where it does not stand beside it. */
  named?: boolean;
}) {
  const { t } = useText();
  const here = looking.path === path;
  const full = t("preview-look-named", { name: visible(name) });
  return (
    <Button
      size="small"
      className="look"
      aria-label={full}
      aria-expanded={here}
      aria-controls={here ? looking.id : undefined}
      onClick={() => looking.look(here ? null : path)}
    >
      {named ? full : t("preview-look")}
    </Button>
  );
}

/** A list, and beside it the attachment that is looked at; below it where there is no room. */
export function Beside({
  attachments,
  looking,
  from,
  children,
}: {
  attachments: AttachmentView[];
  looking: Looking;
  from: From;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const shown = attachments.find(({ path }) => path === looking.path);
  const close = () => {
    box.current?.querySelector<HTMLElement>(".look[aria-expanded=true]")?.focus();
    looking.look(null);
  };
  return (
    <div ref={box} className="beside">
      <div className="beside-list">{children}</div>
      {shown && <Shown key={shown.path} id={looking.id} attachment={shown} from={from} onClose={close} />}
    </div>
  );
}

/** The attachment itself. It takes the keys that scroll it; Esc leads back to the row that it was opened from. */
function Shown({
  id,
  attachment,
  from,
  onClose,
}: {
  id: string;
  attachment: AttachmentView;
  from: From;
  onClose: () => void;
}) {
  const { t } = useText();
  const place = useRef<HTMLElement>(null);
  const name = visible(attachment.name);
  useEffect(() => place.current?.querySelector("section")?.focus(), []);
  useShortcut("Escape", "preview-close", onClose);
  return (
    <aside ref={place} id={id} className="card beside-shown" aria-label={t("preview-beside")}>
      <header className="card-head">
        <h2>
          <Data>{attachment.name}</Data>
        </h2>
        <div className="card-extra">
          <SaveAttachment attachment={attachment} from={from} />
          <Button
            type="text"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t("preview-close")}
            onClick={onClose}
          />
        </div>
      </header>
      <Scroll name={name} className="beside-scroll">
        {attachment.preview ? (
          <AttachmentPreview which={{ ...from, path: attachment.path }} name={name} />
        ) : (
          <EmptyState title={t("preview-none")} />
        )}
      </Scroll>
    </aside>
  );
}

/** Writes an attachment to where the person wants it, and says where that is. */
export function SaveAttachment({ attachment, from }: { attachment: AttachmentView; from: From }) {
  const { t } = useText();
  const host = useHost();
  const save = useAct("verify.save_attachment");
  const { path, name, media_type } = attachment;
  const saveAs = async () => {
    const ending = name.split(".").pop() ?? "";
    const to = await host.saveAs(t("attachment-save"), name, { name: media_type, extensions: [ending] });
    if (to) save.mutate({ which: { ...from, path }, to });
  };
  return (
    <>
      <Button
        type="text"
        icon={<DownloadOutlined aria-hidden />}
        aria-label={t("attachment-save-named", { name: visible(name) })}
        loading={save.isPending}
        onClick={() => void saveAs()}
      />
      {save.data && <WrittenNote written={save.data} />}
      {save.error && <RefusalAlert refusal={save.error.refusal} />}
    </>
  );
}
