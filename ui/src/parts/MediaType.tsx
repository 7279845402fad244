import { useText } from "../text";
import { Data } from "./values";

/** What kind of file it is, in words; the media type where there are none. */
export function MediaType({ of }: { of: string }) {
  const { t } = useText();
  const known = MEDIA[of];
  return known ? t(known) : <Data>{of}</Data>;
}

const MEDIA: Partial<Record<string, "media-pdf" | "media-ofd" | "media-picture">> = {
  "application/pdf": "media-pdf",
  "application/ofd": "media-ofd",
  "image/png": "media-picture",
  "image/jpeg": "media-picture",
};
