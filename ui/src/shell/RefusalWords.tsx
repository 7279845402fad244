import type { Refusal } from "../gen/wire";
import { useText, visible } from "../text";

/** A refusal in a line: fact, advice, code. */
export function RefusalWords({ refusal }: { refusal: Refusal }) {
  const { say } = useText();
  return (
    <span>
      {say(refusal.fact)} {say(refusal.advice)} <code className="code">{visible(refusal.code)}</code>
    </span>
  );
}
