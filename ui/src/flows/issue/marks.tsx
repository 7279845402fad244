import type { CredentialStatus } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
import { useText } from "../../text";

export const STATUSES: CredentialStatus[] = ["valid", "suspended", "revoked", "ended"];
const TONE: Record<CredentialStatus, Tone> = {
  valid: "pass",
  suspended: "warning",
  revoked: "fail",
  ended: "none",
};

/** The status of an issued credential; after a restore it is not known before its list was settled. */
export function StatusMark({ status, unsettled = false }: { status: CredentialStatus; unsettled?: boolean }) {
  const { t } = useText();
  if (unsettled && (status === "valid" || status === "suspended"))
    return <Mark tone="warning">{t("issued-status-unsettled")}</Mark>;
  return <Mark tone={TONE[status]}>{t(`issued-status-${status}`)}</Mark>;
}
