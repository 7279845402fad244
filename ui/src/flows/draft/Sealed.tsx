import { Mark } from "../../parts/marks";
import { useText } from "../../text";

/** Who can read a file: its recipient alone, or whoever has it. */
export function Sealed({ sealed }: { sealed: boolean }) {
  const { t } = useText();
  return <Mark tone={sealed ? "pass" : "warning"}>{t(sealed ? "sealed-yes" : "sealed-no")}</Mark>;
}
