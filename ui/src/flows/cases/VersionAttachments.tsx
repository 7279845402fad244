import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { AttachmentChange, AttachmentView, CaseVersion, ComparedVersions } from "../../gen/wire";
import { AttachmentPreview } from "../../parts/AttachmentPreview";
import { Mark } from "../../parts/marks";
import { EmptyState, Scroll } from "../../parts/page";
import { useShortcut } from "../../parts/shortcuts";
import { Data, sizeText } from "../../parts/values";
import { useText, visible } from "../../text";
import { Differences } from "./Differences";

interface Props {
  id: string;
  compared: ComparedVersions;
  heads: [ReactNode, ReactNode];
}

const nameOf = ({ older, newer }: AttachmentChange) => (newer ?? older)?.name ?? "";

/** The attachments that differ, and below them the one that is looked at, as it was and as it is. */
export function VersionAttachments({ id, compared, heads }: Props) {
  const { t } = useText();
  const [looked, look] = useState<number | null>(null);
  const opened = useRef<HTMLElement | null>(null);
  const place = useId();
  const shown = looked === null ? undefined : compared.attachments[looked];
  const close = () => {
    look(null);
    opened.current?.focus();
  };
  return (
    <Differences
      name={t("versions-attachments")}
      heads={heads}
      rows={compared.attachments.map((change, number) => ({
        key: `${change.older?.path} ${change.newer?.path}`,
        what: (
          <>
            <Data>{nameOf(change)}</Data> <Became change={change} />{" "}
            <Button
              size="small"
              aria-label={t("versions-look-named", { name: visible(nameOf(change)) })}
              aria-expanded={looked === number}
              aria-controls={looked === number ? place : undefined}
              onClick={({ currentTarget }) => {
                opened.current = currentTarget;
                look(looked === number ? null : number);
              }}
            >
              {t("versions-look")}
            </Button>
          </>
        ),
        older: change.older && <File file={change.older} />,
        newer: change.newer && <File file={change.newer} />,
      }))}
      same={compared.same_attachments}
    >
      {shown && (
        <Panes key={looked} id={id} place={place} change={shown} compared={compared} onClose={close} />
      )}
    </Differences>
  );
}

function Became({ change: { older, newer } }: { change: AttachmentChange }) {
  const { t } = useText();
  if (!older) return <Mark tone="info">{t("versions-added")}</Mark>;
  if (!newer) return <Mark tone="warning">{t("versions-removed")}</Mark>;
  return <Mark tone="info">{t("versions-changed")}</Mark>;
}

function File({ file: { name, size } }: { file: AttachmentView }) {
  return (
    <>
      <Data>{name}</Data> <span className="quiet figure">{sizeText(size)}</span>
    </>
  );
}

interface PanesProps {
  id: string;
  place: string;
  change: AttachmentChange;
  compared: ComparedVersions;
  onClose: () => void;
}

/** Two panes. They take the keys that scroll them; Esc leads back to the row that they were opened from. */
function Panes({ id, place, change, compared, onClose }: PanesProps) {
  const { t } = useText();
  const panes = useRef<HTMLElement>(null);
  useEffect(() => panes.current?.querySelector("section")?.focus(), []);
  useShortcut("Escape", "versions-close", onClose);
  return (
    <aside ref={panes} id={place} className="compare-shown" aria-label={t("versions-panes")}>
      <header className="card-head">
        <h3>
          <Data>{nameOf(change)}</Data>
        </h3>
        <div className="card-extra">
          <Button
            type="text"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t("versions-close")}
            onClick={onClose}
          />
        </div>
      </header>
      <div className="compare-panes">
        <Pane id={id} version={compared.older} file={change.older} />
        <Pane id={id} version={compared.newer} file={change.newer} />
      </div>
    </aside>
  );
}

function Pane({
  id,
  version: { version },
  file,
}: {
  id: string;
  version: CaseVersion;
  file: AttachmentView | null;
}) {
  const { t } = useText();
  const title = t("version", { version });
  const name = visible(file?.name ?? "");
  return (
    <div className="compare-pane">
      <h4>{title}</h4>
      <Scroll name={file ? t("versions-pane", { version: title, name }) : title} className="compare-scroll">
        {!file && <EmptyState title={t("versions-pane-none")} />}
        {file && !file.preview && <EmptyState title={t("preview-none")} />}
        {file?.preview && (
          <AttachmentPreview
            which={{ dossier: null, case_id: id, draft_id: null, version, path: file.path }}
            name={name}
          />
        )}
      </Scroll>
    </div>
  );
}
