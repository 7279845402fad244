import { Modal } from "antd";
import { RefusalAlert } from "../../parts/refusal";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/** Asks before a drill ends: everything that was done in it goes with it. */
export function EndDrill({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const end = useAct("session.end_drill");
  return (
    <Modal
      open
      title={t("drill-end-title")}
      okText={t("drill-end")}
      cancelText={t("drill-go-on")}
      confirmLoading={end.isPending}
      onOk={() => end.mutate({}, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p>{t("drill-end-means")}</p>
      {end.error && <RefusalAlert refusal={end.error.refusal} />}
    </Modal>
  );
}
