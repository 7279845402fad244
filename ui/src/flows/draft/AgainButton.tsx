import { Button, Modal } from "antd";
import { useState } from "react";
import { RefusalAlert } from "../../parts/refusal";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/**
 * 补正: another dossier from one that was signed, for a destination that asks for more before it decides, or that decided
 * with conditions.
 */
export function AgainButton({ id, conditions = false }: { id: string; conditions?: boolean }) {
  const { t } = useText();
  const { go } = useRoute();
  const act = useAct("draft.again");
  const [asking, setAsking] = useState(false);
  const begin = () => act.mutate({ id }, { onSuccess: ({ line }) => go({ page: "draft", id: line.id }) });
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        {t(conditions ? "signed-conditions-again" : "signed-again")}
      </Button>
      <Modal
        open={asking}
        title={t(conditions ? "signed-conditions-title" : "signed-again-title")}
        okText={t("signed-again-do")}
        cancelText={t("cancel")}
        confirmLoading={act.isPending}
        onOk={begin}
        onCancel={() => setAsking(false)}
      >
        <div className="stack">
          {act.error && <RefusalAlert refusal={act.error.refusal} />}
          <p>{t(conditions ? "signed-conditions-means" : "signed-again-means")}</p>
          <p>{t(conditions ? "signed-conditions-once" : "signed-again-once")}</p>
        </div>
      </Modal>
    </>
  );
}
