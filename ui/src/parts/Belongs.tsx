import { Button } from "antd";
import type { Refusal, Role } from "../gen/wire";
import { type Route, useRoute } from "../route";
import { useSession } from "../session";
import { useText } from "../text";

/** Whether a refusal of this code says that a file is something else than what was expected. */
export const isOfOtherFile = (code: string): boolean => code.startsWith("FILE-");

/** Where a file belongs that was refused for being another kind of file; null where it belongs nowhere here. */
export function placeOf({ code }: Refusal, path: string, role: Role | undefined): Route | null {
  switch (code) {
    case "FILE-DOSSIER":
      return { page: "verify", path };
    case "FILE-TRUST":
      return { page: "trust", from: path };
    case "FILE-BACKUP":
      return { page: "restore", path };
  }
  // What a firm keeps.
  if (role === "incubator") return null;
  switch (code) {
    case "FILE-CREDENTIAL":
    case "DECISION-TYPE":
      return { page: "held", from: [path] };
    case "FILE-DECISION":
    case "HOLD-DECISION":
      return { page: "requests", from: path, as: "zzdecision" };
    case "FILE-REQUEST":
      return { page: "requests", from: path, as: "zzrequest" };
    default:
      return null;
  }
}

/** Takes a refused file to where it belongs. */
export function Belongs({ refusal, path }: { refusal: Refusal; path: string }) {
  const { t } = useText();
  const { go } = useRoute();
  const { profile } = useSession().status;
  const place = placeOf(refusal, path, profile?.role);
  if (!place) return null;
  return (
    <Button size="small" type="primary" onClick={() => go(place)}>
      {t(`belongs-${place.page}`)}
    </Button>
  );
}
