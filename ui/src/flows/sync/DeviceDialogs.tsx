import { Input } from "antd";
import { useId, useState } from "react";
import type { DeviceAnswered, DeviceAsking, DeviceLine } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { Names } from "../../parts/Names";
import { Field } from "../../parts/page";
import { type useAct, useHost } from "../../rpc";
import { useText } from "../../text";
import { AnswerFacts, Compare } from "./Compare";

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
    if (path) await act.mutateAsync({ request, kid: asking.kid, passphrase, path });
  };
  return (
    <ConfirmPassphrase
      open
      title={t("sync-device-add-title")}
      action={t("sync-device-add-do")}
      onConfirm={add}
      onClose={onClose}
    >
      <Compare name={asking.name} fingerprint={asking.fingerprint} means={t("sync-device-add-means")} />
    </ConfirmPassphrase>
  );
}

/** 接受答复, on the computer that asked: both fingerprints to compare, and then the passphrase. */
export function AcceptAnswer({
  act,
  answer,
  answered,
  onClose,
}: {
  act: ReturnType<typeof useAct<"sync.device_accept">>;
  answer: string;
  answered: DeviceAnswered;
  onClose: () => void;
}) {
  const { t } = useText();
  return (
    <ConfirmPassphrase
      open
      title={t("sync-device-accept-title")}
      action={t("sync-device-accept-do")}
      wide
      onConfirm={(passphrase) => act.mutateAsync({ answer, compared: answered.by_fingerprint, passphrase })}
      onClose={onClose}
    >
      <div className="stack">
        <p>{t("sync-device-accept-means")}</p>
        <AnswerFacts of={answered} />
      </div>
    </ConfirmPassphrase>
  );
}

/** 移出…, with what the removed computer can still read, and where it stays a device. */
export function RemoveDevice({
  act,
  device,
  ledgers,
  onClose,
}: {
  act: ReturnType<typeof useAct<"sync.device_remove">>;
  device: DeviceLine;
  ledgers: string[];
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
      <Compare name={device.name} fingerprint={device.fingerprint} means={t("sync-device-remove-means")} />
      {device.mail && <p>{t("sync-device-remove-mail")}</p>}
      <Names of={ledgers} are={t("sync-device-remove-ledgers")} />
    </ConfirmPassphrase>
  );
}

/** 更换收件密钥, where no computer has the newest one. */
export function RenewInbox({
  act,
  onClose,
}: {
  act: ReturnType<typeof useAct<"sync.device_renew">>;
  onClose: () => void;
}) {
  const { t } = useText();
  return (
    <ConfirmPassphrase
      open
      danger
      title={t("sync-device-renew-title")}
      action={t("sync-device-renew-do")}
      onConfirm={(passphrase) => act.mutateAsync({ passphrase })}
      onClose={onClose}
    >
      <p>{t("sync-device-renew-means")}</p>
    </ConfirmPassphrase>
  );
}
