import { Alert } from "antd";
import type { DraftLine } from "../../gen/wire";
import { shanghaiInstant } from "../../parts/values";
import { useText } from "../../text";

/** That another dossier was signed after this one, and when; nothing where none was. */
export function Overtaken({ line: { overtaken } }: { line: DraftLine }) {
  const { t } = useText();
  if (!overtaken) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t("draft-overtaken")}
      description={t("draft-overtaken-means", { time: shanghaiInstant(overtaken) })}
    />
  );
}
