import { Input } from "antd";
import { useId, useState } from "react";
import type { DeviceAsking, DeviceLine } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { Field } from "../../parts/page";
import { FilePath } from "../../parts/values";
import { type useAct, useHost } from "../../rpc";
import { useText } from "../../text";
import { Compare } from "./Compare";

/** 申请加入: what people call this computer, the passphrase, and where the file goes. */
export function AskAsDevice({
  act,
  onClose,
}: {
  act: ReturnType<typeof useAct<"sync.device_request">>;
  onClose: () => void;
}) {
  const { t } = useText();
  const host = useHost();
  const id = useId();
  const [name, setName] = useState("");
  const ask = async (passphrase: string) => {
    const kind = { name: t("sync-device-request"), extensions: ["jwt"] };
    const path = await host.saveAs(
      t("sync-device-request-save"),
      `${t("sync-device-request")} ${name.trim()}.jwt`,
      kind,
    );
    if (path) await act.mutateAsync({ name: name.trim(), passphrase, path });
  };
  return (
    <ConfirmPassphrase
      open
      title={t("sync-device-ask-title")}
      action={t("sync-device-ask-do")}
      ready={name.trim() !== ""}
      first={id}
      onConfirm={ask}
      onClose={onClose}
    >
      <p>{t("sync-device-ask-means")}</p>
      <Field label={t("sync-device")} id={id} required help={t("sync-device-ask-hint")}>
        <Input id={id} maxLength={64} value={name} onChange={({ target }) => setName(target.value)} />
      </Field>
    </ConfirmPassphrase>
  );
}

/** 加入另一台电脑: name and fingerprint to compare, the passphrase, and where the answer goes. */
export function AddDevice({
  act,
  request,
  asking,
  onClose,
}: {
  act: ReturnType<typeof useAct<"sync.device_add">>;
  request: string;
  asking: DeviceAsking;
  onClose: () => void;
}) {
  const { t } = useText();
  const host = useHost();
  const add = async (passphrase: string) => {
    const kind = { name: t("sync-device-answer"), extensions: ["age"] };
    const path = await host.saveAs(
      t("sync-device-answer-save"),
      `${t("sync-device-answer")} ${asking.name}.age`,
      kind,
    );
    if (path) await act.mutateAsync({ request, passphrase, path });
  };
  return (
    <ConfirmPassphrase
      open
      title={t("sync-device-add-title")}
      action={t("sync-device-add-do")}
      onConfirm={add}
      onClose={onClose}
    >
      <Compare {...asking} means={t("sync-device-add-means")} />
    </ConfirmPassphrase>
  );
}

/** 接受答复, on the computer that asked. */
export function AcceptAnswer({
  act,
  answer,
  onClose,
}: {
  act: ReturnType<typeof useAct<"sync.device_accept">>;
  answer: string;
  onClose: () => void;
}) {
  const { t } = useText();
  return (
    <ConfirmPassphrase
      open
      title={t("sync-device-accept-title")}
      action={t("sync-device-accept-do")}
      onConfirm={(passphrase) => act.mutateAsync({ answer, passphrase })}
      onClose={onClose}
    >
      <p>{t("sync-device-accept-means")}</p>
      <FilePath path={answer} />
    </ConfirmPassphrase>
  );
}

/** 移出…, with what the removed computer can still read. */
export function RemoveDevice({
  act,
  device,
  onClose,
}: {
  act: ReturnType<typeof useAct<"sync.device_remove">>;
  device: DeviceLine;
  onClose: () => void;
}) {
  const { t } = useText();
  return (
    <ConfirmPassphrase
      open
      danger
      title={t("sync-device-remove-one", { name: device.name })}
      action={t("sync-device-remove-do")}
      onConfirm={(passphrase) => act.mutateAsync({ kid: device.kid, passphrase })}
      onClose={onClose}
    >
      <Compare {...device} means={t("sync-device-remove-means")} />
      {device.mail && <p>{t("sync-device-remove-mail")}</p>}
    </ConfirmPassphrase>
  );
}
