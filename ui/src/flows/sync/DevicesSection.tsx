import { Alert, Button } from "antd";
import { useState } from "react";
import type { DeviceLine, RefusalCode, SyncStatus } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { Names } from "../../parts/Names";
import { Section, TableScroll } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant } from "../../parts/values";
import { WrittenNote } from "../../parts/written";
import { useAct, useAsk, useHost } from "../../rpc";
import { useText } from "../../text";
import { AnswerFacts, Compare, Fingerprint } from "./Compare";
import { AcceptAnswer, AddDevice, AskAsDevice, RemoveDevice, RenewInbox } from "./DeviceDialogs";

/** What the hub says to a computer that is not on the list, or no longer. */
const OFF = "AUTH-KEY";
/** What is told where the list here and the hub's do not belong together. */
const OTHER: RefusalCode = "DEVICES-OTHER";

type Step =
  | { ask: true }
  | { add: string }
  | { accept: string }
  | { remove: DeviceLine }
  | { renew: true }
  | Record<never, never>;

/** 设备: the computers of this organisation, and how another one comes onto the list and off it. */
export function DevicesSection({ status }: { status: SyncStatus }) {
  const { t } = useText();
  const host = useHost();
  const asked = useAsk("sync.devices", {});
  const read = useAct("sync.device_read");
  const look = useAct("sync.device_answer");
  const acts = {
    ask: useAct("sync.device_request"),
    add: useAct("sync.device_add"),
    accept: useAct("sync.device_accept"),
    remove: useAct("sync.device_remove"),
    renew: useAct("sync.device_renew"),
  };
  const [step, setStep] = useState<Step>({});
  const joined = status.hub !== null;
  const devices = asked.data?.devices ?? [];
  // A computer that lost its place, missed lists, or has not the newest key, asks once more.
  const apart = status.refused?.code === OFF || status.remarks.some(({ code }) => code === OTHER);
  const again = apart || asked.data?.inbox_missing === true;
  const begin = (next: Step) => {
    for (const act of [read, look, ...Object.values(acts)]) act.reset();
    setStep(next);
  };
  const close = () => setStep({});
  const chooseRequest = async () => {
    const path = await host.chooseFile(t("sync-device-request"), [
      { name: t("sync-device-request"), extensions: ["jwt"] },
    ]);
    if (!path) return;
    begin({});
    read.mutate({ path }, { onSuccess: () => setStep({ add: path }) });
  };
  const chooseAnswer = async () => {
    const path = await host.chooseFile(t("sync-device-answer"), [
      { name: t("sync-device-answer"), extensions: ["age"] },
    ]);
    if (!path) return;
    begin({});
    look.mutate({ path }, { onSuccess: () => setStep({ accept: path }) });
  };
  return (
    <Section
      title={t("sync-devices")}
      extra={
        <span className="row">
          {(!joined || again) && (
            <>
              <Button onClick={() => begin({ ask: true })}>
                {t(joined ? "sync-device-ask-again" : "sync-device-ask")}
              </Button>
              <Button loading={look.isPending} onClick={() => void chooseAnswer()}>
                {t("sync-device-accept")}
              </Button>
            </>
          )}
          {joined && !again && (
            <Button loading={read.isPending} onClick={() => void chooseRequest()}>
              {t("sync-device-add")}
            </Button>
          )}
        </span>
      }
    >
      <div className="stack">
        <p className="quiet">{t(joined ? "sync-devices-hint" : "sync-devices-hint-none")}</p>
        {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
        {read.error && <RefusalAlert refusal={read.error.refusal} />}
        {look.error && <RefusalAlert refusal={look.error.refusal} />}
        {asked.isPending && <p className="quiet">{t("loading")}</p>}
        {asked.data?.inbox_missing && (
          <Alert
            type="warning"
            showIcon
            title={t("sync-inbox-missing")}
            description={t("sync-inbox-missing-do")}
            action={<Button onClick={() => begin({ renew: true })}>{t("sync-device-renew")}</Button>}
          />
        )}
        <Results {...acts} />
        {asked.data?.asked && !acts.accept.data && (
          <Alert
            type="info"
            showIcon
            title={t("sync-device-asked")}
            description={<Compare {...asked.data.asked} means={t("sync-device-asked-do")} />}
          />
        )}
        {joined && asked.data && devices.length === 0 && <p className="quiet">{t("sync-devices-empty")}</p>}
        {devices.length > 0 && (
          <DeviceTable devices={devices} onRemove={again ? null : (device) => begin({ remove: device })} />
        )}
      </div>
      {"ask" in step && <AskAsDevice act={acts.ask} onClose={close} />}
      {"add" in step && read.data && (
        <AddDevice act={acts.add} request={step.add} asking={read.data} onClose={close} />
      )}
      {"accept" in step && look.data && (
        <AcceptAnswer act={acts.accept} answer={step.accept} answered={look.data} onClose={close} />
      )}
      {"remove" in step && (
        <RemoveDevice
          act={acts.remove}
          device={step.remove}
          ledgers={asked.data?.ledgers ?? []}
          onClose={close}
        />
      )}
      {"renew" in step && <RenewInbox act={acts.renew} onClose={close} />}
    </Section>
  );
}

type Acts = {
  ask: ReturnType<typeof useAct<"sync.device_request">>;
  add: ReturnType<typeof useAct<"sync.device_add">>;
  accept: ReturnType<typeof useAct<"sync.device_accept">>;
  remove: ReturnType<typeof useAct<"sync.device_remove">>;
  renew: ReturnType<typeof useAct<"sync.device_renew">>;
};

/** What was done last, and what comes next. */
function Results({ ask, add, accept, remove, renew }: Acts) {
  const { t } = useText();
  return (
    <>
      {ask.data && <p role="status">{t("sync-device-asked-written", { name: ask.data.name })}</p>}
      {add.data && (
        <>
          <WrittenNote written={add.data} />
          <p>{t("sync-device-added-do")}</p>
        </>
      )}
      {accept.data && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t("sync-device-accepted", { hub: accept.data.hub })}
          description={<AnswerFacts of={accept.data} />}
        />
      )}
      {remove.data && (
        <Alert
          type="warning"
          showIcon
          role="status"
          title={t("sync-device-removed", { name: remove.data.name })}
          description={
            <>
              <Names of={remove.data.ledgers} are={t("sync-device-removed-ledgers")} />
              <p>{t("sync-device-removed-register")}</p>
              <Names of={remove.data.to_ask_again} are={t("sync-device-removed-others")} />
            </>
          }
        />
      )}
      {renew.data && (
        <Alert
          type="warning"
          showIcon
          role="status"
          title={t("sync-device-renewed")}
          description={
            <>
              <p>{t("sync-device-removed-register")}</p>
              <Names of={renew.data.to_ask_again} are={t("sync-device-removed-others")} />
            </>
          }
        />
      )}
    </>
  );
}

interface TableProps {
  devices: DeviceLine[];
  /** Nothing where this computer may not change the list. */
  onRemove: ((device: DeviceLine) => void) | null;
}

function DeviceTable({ devices, onRemove }: TableProps) {
  const { t } = useText();
  return (
    <TableScroll name={t("sync-devices")}>
      <table className="plain sync-table">
        <thead>
          <tr>
            <th scope="col">{t("sync-device")}</th>
            <th scope="col">{t("sync-device-since")}</th>
            <th scope="col">{t("sync-fingerprint")}</th>
            <th scope="col">{t("sync-do")}</th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <tr key={device.kid}>
              <td>
                <Data>{device.name}</Data>
                {device.own && <Mark tone="info">{t("sync-device-own")}</Mark>}
                {device.mail && <Mark tone="pass">{t("sync-device-takes-mail")}</Mark>}
              </td>
              <td>
                <Instant at={device.added} />
              </td>
              <td>
                <Fingerprint text={device.fingerprint} />
              </td>
              <td>
                {!device.own && onRemove && (
                  <Button
                    size="small"
                    type="text"
                    aria-label={t("sync-device-remove-one", { name: device.name })}
                    onClick={() => onRemove(device)}
                  >
                    {t("sync-device-remove")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
