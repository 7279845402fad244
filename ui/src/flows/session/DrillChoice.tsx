import { Button } from "antd";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { DrillButtons } from "./DrillButtons";

/** 演练模式: begins one beside the real database, or ends it. */
export function DrillChoice() {
  const { t } = useText();
  const { status } = useSession();
  const begin = useAct("session.drill");
  const end = useAct("session.end_drill");
  const refused = begin.error ?? end.error;
  return (
    <Section title={t("drill-mode")}>
      <div className="stack">
        <p className="quiet">{t(status.drill ? "session-drill-now" : "session-drill-beside")}</p>
        {refused && <RefusalAlert refusal={refused.refusal} />}
        {status.drill ? (
          <p className="row">
            <Button loading={end.isPending} onClick={() => end.mutate({})}>
              {t("drill-end")}
            </Button>
          </p>
        ) : (
          <DrillButtons pending={begin.isPending} onBegin={begin.mutate} />
        )}
      </div>
    </Section>
  );
}
