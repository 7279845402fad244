import { Alert, Button } from "antd";
import { useText } from "../text";

/** That a page was opened with what was typed there before and not saved, and the way to begin anew. */
export function Unsaved({ onDrop }: { onDrop: () => void }) {
  const { t } = useText();
  return (
    <Alert
      type="info"
      showIcon
      title={t("register-unsaved")}
      action={<Button onClick={onDrop}>{t("register-unsaved-drop")}</Button>}
    />
  );
}
