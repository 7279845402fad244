import { Button } from "antd";
import { useState } from "react";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { DrillButtons } from "./DrillButtons";
import { EndDrill } from "./EndDrill";

/** 演练模式: begins one beside the real database, or ends it. */
export function DrillChoice() {
  const { t } = useText();
  const { status } = useSession();
  const begin = useAct("session.drill");
  const [ending, setEnding] = useState(false);
  return (
    <Section title={t("drill-mode")}>
      <div className="stack">
        <p className="quiet">{t(status.drill ? "session-drill-now" : "session-drill-beside")}</p>
        {begin.error && <RefusalAlert refusal={begin.error.refusal} />}
        {status.drill ? (
          <p className="row">
            <Button onClick={() => setEnding(true)}>{t("drill-end")}</Button>
          </p>
        ) : (
          <DrillButtons pending={begin.isPending} onBegin={begin.mutate} />
        )}
        {ending && <EndDrill onClose={() => setEnding(false)} />}
      </div>
    </Section>
  );
}
