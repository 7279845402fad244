import { Alert, Button } from "antd";
import { FilePath } from "../../parts/values";
import { useText } from "../../text";

type Taking = { path: string; pending: boolean; onTake: (path: string) => void };

/** In a drill the destination answers at once; its decision lies in a file, as it would come by mail or by hub. */
export function DrillAnswer({ path, pending, onTake }: Taking) {
  const { t } = useText();
  return (
    <Alert
      type="info"
      showIcon
      title={t("drill-answer")}
      description={
        <>
          <p>{t("drill-answer-means")}</p>
          <p>
            <FilePath path={path} />
          </p>
        </>
      }
      action={
        <Button type="primary" loading={pending} onClick={() => onTake(path)}>
          {t("drill-answer-take")}
        </Button>
      }
    />
  );
}
