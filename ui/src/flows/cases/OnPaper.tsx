import { Button, Modal } from "antd";
import { Busy } from "../../parts/Busy";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useRoute } from "../../route";
import { useAskAnew } from "../../rpc";
import { useText } from "../../text";

/** The case that the code in a picture belongs to: it is opened once somebody said so, as one that a link names. */
export function OnPaper({ picture, onClose }: { picture: string; onClose: () => void }) {
  const { t } = useText();
  const { go } = useRoute();
  const { data: found, error } = useAskAnew("cases.on_paper", { path: picture });
  const open = () => {
    onClose();
    if (found) go({ page: "case", id: found.id });
  };
  return (
    <Modal
      open
      title={t("on-paper-title")}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(found ? "link-leave" : "link-close")}</Button>
          {found && (
            <Button type="primary" autoFocus onClick={open}>
              {t("link-open")}
            </Button>
          )}
        </>
      }
    >
      {!found && !error && <Busy />}
      {error && <RefusalAlert refusal={error.refusal} />}
      {found && (
        <>
          <p role="status">{t("on-paper-found", { number: found.number })}</p>
          <p>
            <Data>{found.firm_name}</Data>
          </p>
        </>
      )}
    </Modal>
  );
}
