import { Alert, Button } from "antd";
import { useRoute } from "../../route";
import { useSession } from "../../session";
import { useText } from "../../text";

/** How many cases are past the day on which the firm was to add something; nothing where none is. */
export function Overdue({ onShow }: { onShow?: () => void }) {
  const { t } = useText();
  const { begin } = useRoute();
  const count = useSession().status.waiting?.overdue ?? 0;
  if (count === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("cases-overdue-count", { count })}
      description={t("cases-overdue-hint")}
      action={
        <Button onClick={onShow ?? (() => begin({ page: "cases", overdue: true }))}>
          {t("cases-overdue-show")}
        </Button>
      }
    />
  );
}
