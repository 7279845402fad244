import { Input, InputNumber, Modal } from "antd";
import { useId, useState } from "react";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { Field } from "../../parts/page";
import { useShortcut } from "../../parts/shortcuts";
import { Data } from "../../parts/values";
import { WrittenNote } from "../../parts/written";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";
import { UsccField } from "../register/UsccField";

/** Days of an invitation, as the hub allows them. */
const LONGEST = 30;
const USUAL = 7;

/** 邀请企业: whom, for how long, where the file goes; then the passphrase. */
export function Invite({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const host = useHost();
  const id = useId();
  const act = useAct("sync.invite");
  const [uscc, setUscc] = useState("");
  const [name, setName] = useState("");
  const [days, setDays] = useState(USUAL);
  const [path, setPath] = useState<string | null>(null);
  const ready = uscc.trim() !== "" && name.trim() !== "";
  const choose = async () => {
    if (!ready) return;
    const chosen = await host.saveAs(
      t("sync-invitation-save"),
      `${name.trim()} ${t("sync-invitation")}.jwt`,
      {
        name: t("sync-invitation"),
        extensions: ["jwt"],
      },
    );
    if (chosen) setPath(chosen);
  };
  useShortcut("Ctrl+Enter", "sync-invite", () => void choose(), path === null);
  return (
    <>
      <Modal
        open
        title={t("sync-invite")}
        okText={t("sync-invite-sign")}
        cancelText={t(act.data ? "close" : "cancel")}
        okButtonProps={{ disabled: !ready }}
        mask={{ closable: false }}
        onOk={() => void choose()}
        onCancel={onClose}
      >
        <div className="stack">
          <p>{t("sync-invite-hint")}</p>
          {act.data && <WrittenNote written={act.data} />}
          <UsccField value={uscc} onChange={setUscc} />
          <Field label={t("sync-firm-name")} id={`${id}-name`} required>
            <Input id={`${id}-name`} value={name} onChange={({ target }) => setName(target.value)} />
          </Field>
          <Field label={t("sync-invite-days")} id={`${id}-days`}>
            <InputNumber
              id={`${id}-days`}
              min={1}
              max={LONGEST}
              precision={0}
              value={days}
              onChange={(value) => setDays(value ?? USUAL)}
            />
          </Field>
        </div>
      </Modal>
      <ConfirmPassphrase
        open={path !== null}
        title={t("sync-invite")}
        action={t("sync-invite-sign")}
        onConfirm={(passphrase) => act.mutateAsync({ uscc, name, days, passphrase, path: path ?? "" })}
        onClose={() => setPath(null)}
      >
        <p>
          <Data>{name}</Data>
        </p>
        {t("sync-invite-means")}
      </ConfirmPassphrase>
    </>
  );
}
