import { Alert, Button, Space } from "antd";
import { useState } from "react";
import { useHost } from "../rpc";
import { useText, visible } from "../text";
import type { RefusalProps } from "./refusal";

/** Why something was not done: fact and consequence, advice, code, and diagnostics that name no firm and no person. */
export function RefusalView({ refusal, again, action }: RefusalProps) {
  const host = useHost();
  const { t, say } = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const own = [refusal.code, refusal.fact.zh, refusal.cause ?? ""].join("\n");
    // The program's own part is best had, but a refusal must be copied even if the program says nothing more.
    const rest = await host.call("upkeep.diagnostics", {}).then(
      ({ text }) => text,
      () => "",
    );
    await host.copy(`${own}\n\n${rest}`.trim());
    setCopied(true);
  };
  return (
    <Alert
      className="refusal"
      type="error"
      showIcon
      role="alert"
      title={say(refusal.fact)}
      description={
        <>
          <p>{say(refusal.advice)}</p>
          <Space wrap>
            {action}
            {again && (
              <Button size="small" onClick={again}>
                {t("try-again")}
              </Button>
            )}
            <Button size="small" onClick={() => void copy()}>
              {copied ? t("copied") : t("copy-diagnostics")}
            </Button>
            <code className="code">{visible(refusal.code)}</code>
          </Space>
        </>
      }
    />
  );
}
