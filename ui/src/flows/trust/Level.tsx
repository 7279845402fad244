import { Data } from "../../parts/values";
import { useText } from "../../text";

const KNOWN = [
  "ministry_excellent",
  "ministry_standard",
  "national_legacy",
  "provincial",
  "municipal",
  "maker_space_national",
  "maker_space_provincial",
  "university_park",
  "accelerator",
  "other",
];

/** An incubator's level; one of a later register stands as it is written. */
export function Level({ level }: { level: string }) {
  const { t } = useText();
  return <Data>{KNOWN.includes(level) ? t(`trust-level-${level}`) : level}</Data>;
}
