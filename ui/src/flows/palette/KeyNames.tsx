import { type Keys, keyNames } from "../../parts/shortcuts";
import "./palette.css";

/** Keys as they stand on the keyboard. */
export function KeyNames({ keys }: { keys: Keys }) {
  return (
    <span className="keys-of">
      {keyNames(keys).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
