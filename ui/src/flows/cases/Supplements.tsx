import type { SupplementLine } from "../../gen/wire";
import { CivilDate, Data } from "../../parts/values";
import { useText } from "../../text";

/** What has to be added, each with its day. */
export function Supplements({ lines }: { lines: SupplementLine[] }) {
  const { t } = useText();
  return (
    <ul className="decision-reasons">
      {lines.map(({ item_id, text, due }) => (
        <li key={`${item_id} ${text}`}>
          <Data>{text}</Data>
          {due && (
            <span className="quiet">
              {" "}
              · {t("until")} <CivilDate date={due} prose />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
