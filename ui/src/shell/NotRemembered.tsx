import { Button } from "antd";
import { useState } from "react";
import type { Refusal } from "../gen/wire";
import { AlarmIcon } from "../parts/marks";
import { useText, visible } from "../text";

/** The database is open, but the keychain did not do what was wished. It is told once and can be put away. */
export function NotRemembered({ refusal }: { refusal: Refusal }) {
  const { t, say } = useText();
  const [away, setAway] = useState(false);
  if (away) return null;
  return (
    <p className="banner warning" role="alert">
      <AlarmIcon aria-hidden />
      <span>
        {say(refusal.fact)} {say(refusal.advice)} <code className="code">{visible(refusal.code)}</code>
      </span>
      <Button size="small" type="text" onClick={() => setAway(true)}>
        {t("close")}
      </Button>
    </p>
  );
}
