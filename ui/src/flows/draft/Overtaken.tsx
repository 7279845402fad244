import { Alert } from "antd";
import type { DraftLine } from "../../gen/wire";
import { shanghaiInstant } from "../../parts/values";
import { useText } from "../../text";

/** That another dossier took the place of this one, and which counts; nothing where none did. */
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
