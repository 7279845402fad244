import { Button, Modal } from "antd";
import { useState } from "react";
import { RefusalAlert } from "../../parts/refusal";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/** 补正: another dossier from one that was signed, for a destination that asks for more before it decides. */
export function AgainButton({ id }: { id: string }) {
  const { t } = useText();
  const { go } = useRoute();
  const act = useAct("draft.again");
  const [asking, setAsking] = useState(false);
  const begin = () => act.mutate({ id }, { onSuccess: ({ line }) => go({ page: "draft", id: line.id }) });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("signed-again")}</Button>
      <Modal
        open={asking}
        title={t("signed-again-title")}
        okText={t("signed-again-do")}
        cancelText={t("cancel")}
        confirmLoading={act.isPending}
        onOk={begin}
        onCancel={() => setAsking(false)}
      >
        <div className="stack">
          {act.error && <RefusalAlert refusal={act.error.refusal} />}
          <p>{t("signed-again-means")}</p>
          <p>{t("signed-again-once")}</p>
        </div>
      </Modal>
    </>
  );
}
