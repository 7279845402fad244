import { Button, Modal } from "antd";
import { useState } from "react";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { RefusalAlert } from "../../parts/refusal";
import { WrittenNote } from "../../parts/written";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";

/** Writes the signed status lists, as they were last signed or signed anew. */
export function ExportList({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const host = useHost();
  const act = useAct("issue.export_status_list");
  const [signing, setSigning] = useState<string | null>(null);
  const choose = (then: (path: string) => void) => async () => {
    const path = await host.chooseFolder(t("issued-list-folder"));
    if (path) then(path);
  };
  if (signing !== null)
    return (
      <ConfirmPassphrase
        open
        title={t("issued-list-anew")}
        action={t("issued-list-sign")}
        onConfirm={(passphrase) => act.mutateAsync({ path: signing, passphrase })}
        onClose={() => setSigning(null)}
      >
        {t("issued-list-sign-means")}
      </ConfirmPassphrase>
    );
  return (
    <Modal open title={t("issued-export-list")} footer={null} onCancel={onClose}>
      <div className="stack">
        <p>{t("issued-list-means")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {act.data ? (
          <>
            <WrittenNote written={act.data} />
            <Button type="primary" onClick={onClose}>
              {t("close")}
            </Button>
          </>
        ) : (
          <>
            <Button type="primary" onClick={() => void choose(setSigning)()}>
              {t("issued-list-anew")}
            </Button>
            <Button loading={act.isPending} onClick={() => void choose((path) => act.mutate({ path }))()}>
              {t("issued-list-as-is")}
            </Button>
          </>
        )}
      </div>
    </Modal>
  );
}
