import { Copy, digestText } from "../../parts/values";
import { useText } from "../../text";
import "./trust.css";

/** A fingerprint to be compared with paper: groups of four in rows of eight, as the agreement prints them. */
export function Fingerprint({ value }: { value: string }) {
  const { t } = useText();
  const text = digestText(value);
  const groups = text.split(" ").map((group, index) => ({ group, place: index + 1 }));
  return (
    <div className="fingerprint">
      <ol aria-label={t("trust-root")}>
        {groups.map(({ group, place }) => (
          <li key={place}>
            <code>{group}</code>
          </li>
        ))}
      </ol>
      <Copy text={text} label={t("copy-digest")} />
    </div>
  );
}
