import { Data } from "../../parts/values";
import { useText } from "../../text";

const KNOWN = ["incubator", "authority", "voucher_fund", "service_provider", "bank", "exchange"];

/** What an issuer is; a role of a later register stands as it is written. */
export function Roles({ roles }: { roles: string[] }) {
  const { t } = useText();
  const words = roles.map((role) => (KNOWN.includes(role) ? t(`trust-role-${role}`) : role));
  return <Data>{words.join(t("list-comma"))}</Data>;
}
