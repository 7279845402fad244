import { useState } from "react";
import type { AttachmentView } from "../../gen/wire";
import { AttachmentPreview } from "../../parts/AttachmentPreview";
import { type From, SaveAttachment } from "../../parts/Beside";
import { MediaType } from "../../parts/MediaType";
import { Mark } from "../../parts/marks";
import { EmptyState, Section } from "../../parts/page";
import { Data, sizeText } from "../../parts/values";
import { useText, visible } from "../../text";

interface Props {
  attachments: AttachmentView[];
  from: From;
}

/** The attached files, and the one that is looked at beside them. */
export function Attachments({ attachments, from }: Props) {
  const { t } = useText();
  const [looked, setLooked] = useState(() => attachments.find(({ preview }) => preview)?.path ?? null);
  if (attachments.length === 0)
    return (
      <Section>
        <EmptyState title={t("attachments-none")} />
      </Section>
    );
  const shown = attachments.find(({ path }) => path === looked);
  return (
    <div className="attachments">
      <Section>
        <ul className="attachment-list">
          {attachments.map((attachment) => (
            <Line
              key={attachment.path}
              attachment={attachment}
              from={from}
              here={attachment.path === looked}
              onLook={() => setLooked(attachment.path)}
            />
          ))}
        </ul>
      </Section>
      <Section title={shown && <Data>{shown.name}</Data>}>
        {shown?.preview ? (
          <AttachmentPreview
            key={shown.path}
            which={{ ...from, path: shown.path }}
            name={visible(shown.name)}
          />
        ) : (
          <EmptyState title={t(shown ? "preview-none" : "preview-choose")} />
        )}
      </Section>
    </div>
  );
}

interface LineProps {
  attachment: AttachmentView;
  from: From;
  here: boolean;
  onLook: () => void;
}

function Line({ attachment, from, here, onLook }: LineProps) {
  const { t, say } = useText();
  const { name, media_type, size, intact, remark } = attachment;
  return (
    <li className={here ? "here" : ""}>
      <button type="button" className="attachment-look" aria-current={here} onClick={onLook}>
        <strong>
          <Data>{name}</Data>
        </strong>
        <span className="quiet">
          <MediaType of={media_type} /> · {sizeText(size)}
        </span>
        <Mark tone={intact ? "pass" : "fail"}>{t(intact ? "attachment-intact" : "attachment-altered")}</Mark>
        {remark && <Mark tone="info">{say(remark)}</Mark>}
      </button>
      <SaveAttachment attachment={attachment} from={from} />
    </li>
  );
}
