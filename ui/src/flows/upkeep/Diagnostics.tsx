import { Button } from "antd";
import { useState } from "react";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAsk, useHost } from "../../rpc";
import { useText, visible } from "../../text";

/** 诊断信息: shown whole before it can be copied. */
export function Diagnostics() {
  const { t } = useText();
  const host = useHost();
  const [wanted, setWanted] = useState(false);
  const [copied, setCopied] = useState(false);
  const asked = useAsk("upkeep.diagnostics", wanted ? {} : null);
  const show = () => {
    setCopied(false);
    if (wanted) void asked.refetch();
    else setWanted(true);
  };
  const copy = async (text: string) => {
    await host.copy(text);
    setCopied(true);
  };
  return (
    <Section
      title={t("upkeep-diagnostics")}
      extra={
        <Button size="small" loading={asked.isFetching} onClick={show}>
          {t(wanted ? "upkeep-diagnostics-again" : "upkeep-diagnostics-show")}
        </Button>
      }
    >
      <div className="stack">
        <p className="quiet">{t("upkeep-diagnostics-hint")}</p>
        {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
        {asked.data && (
          <>
            <textarea
              className="json diagnostics"
              readOnly
              rows={14}
              aria-label={t("upkeep-diagnostics")}
              value={visible(asked.data.text)}
            />
            <p>
              <Button onClick={() => void copy(asked.data.text)}>
                {t(copied ? "copied" : "copy-diagnostics")}
              </Button>
            </p>
          </>
        )}
      </div>
    </Section>
  );
}
