import { Button } from "antd";
import { useState } from "react";
import type { Refusal } from "../gen/wire";
import { AlarmIcon } from "../parts/marks";
import { useText } from "../text";
import { RefusalWords } from "./RefusalWords";

/** The database is open, but the keychain did not do what was wished. It is told once and can be put away. */
export function NotRemembered({ refusal }: { refusal: Refusal }) {
  const { t } = useText();
  const [away, setAway] = useState(false);
  if (away) return null;
  return (
    <p className="banner warning" role="alert">
      <AlarmIcon aria-hidden />
      <RefusalWords refusal={refusal} />
      <Button size="small" type="text" onClick={() => setAway(true)}>
        {t("close")}
      </Button>
    </p>
  );
}
