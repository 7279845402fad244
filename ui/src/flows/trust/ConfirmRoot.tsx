import { Alert, Checkbox, Modal } from "antd";
import { useState } from "react";
import { Data } from "../../parts/values";
import { useText } from "../../text";
import { Fingerprint } from "./Fingerprint";

interface Props {
  path: string;
  root: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** The very first import: everything rests on this root, and only the paper says whether it is the right one. */
export function ConfirmRoot({ path, root, busy, onConfirm, onClose }: Props) {
  const { t } = useText();
  const [compared, setCompared] = useState(false);
  return (
    <Modal
      open
      width={640}
      title={t("trust-confirm")}
      okText={t("trust-confirm-do")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: !compared }}
      confirmLoading={busy}
      mask={{ closable: false }}
      onOk={onConfirm}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("trust-confirm-hint")}</p>
        <Fingerprint value={root} />
        <p className="quiet">
          {t("trust-source")} <Data>{path}</Data>
        </p>
        <Alert type="warning" showIcon title={t("trust-confirm-differs")} />
        <Checkbox checked={compared} onChange={({ target }) => setCompared(target.checked)}>
          {t("trust-confirm-compared")}
        </Checkbox>
      </div>
    </Modal>
  );
}
