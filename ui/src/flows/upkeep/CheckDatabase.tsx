import { Alert, Button } from "antd";
import type { CheckedDatabase } from "../../gen/wire";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { StopWork } from "../../parts/WorkBar";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/** The id of the examination. */
const JOB = "check";

/** Examines the database and its log; what was found stays on the page. */
export function CheckDatabase() {
  const { t } = useText();
  const check = useAct("upkeep.check");
  return (
    <Section
      title={t("upkeep-check")}
      extra={
        <>
          {check.isPending && <StopWork job={JOB} />}
          <Button size="small" loading={check.isPending} onClick={() => check.mutate({})}>
            {t("upkeep-check-do")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="quiet">{t("upkeep-check-hint")}</p>
        {check.error && <RefusalAlert refusal={check.error.refusal} again={() => check.mutate({})} />}
        {check.data && <Result checked={check.data} />}
      </div>
    </Section>
  );
}

function Result({ checked }: { checked: CheckedDatabase }) {
  const { t, say } = useText();
  return (
    <Alert
      type={checked.whole ? "success" : "error"}
      showIcon
      role={checked.whole ? "status" : "alert"}
      title={t(checked.whole ? "upkeep-whole" : "upkeep-broken", { count: checked.entries })}
      description={
        checked.findings.length > 0 && (
          <>
            <ul>
              {checked.findings.map((finding) => (
                <li key={finding.zh}>{say(finding)}</li>
              ))}
            </ul>
            {!checked.whole && <p>{t("upkeep-broken-advice")}</p>}
          </>
        )
      }
    />
  );
}
