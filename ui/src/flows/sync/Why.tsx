import type { Refusal } from "../../gen/wire";
import { useText, visible } from "../../text";

/** Why a message waits or is parked, and what to do: in its row. */
export function Why({ why }: { why: Refusal }) {
  const { say } = useText();
  return (
    <div className="sync-why">
      <p>
        {say(why.fact)} <code className="code">{visible(why.code)}</code>
      </p>
      <p className="quiet">{say(why.advice)}</p>
    </div>
  );
}
