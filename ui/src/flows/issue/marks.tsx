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

/** The status of an issued credential. */
export function StatusMark({ status }: { status: CredentialStatus }) {
  const { t } = useText();
  return <Mark tone={TONE[status]}>{t(`issued-status-${status}`)}</Mark>;
}
