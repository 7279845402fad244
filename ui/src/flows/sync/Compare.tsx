import type { DeviceAnswered } from "../../gen/wire";
import { Facts } from "../../parts/page";
import { Copy, Data } from "../../parts/values";
import { useText } from "../../text";

/** A computer as two people compare it. */
export function Compare({ name, fingerprint, means }: { name: string; fingerprint: string; means: string }) {
  const { t } = useText();
  return (
    <div className="stack">
      <p>{means}</p>
      <Facts
        rows={[
          [t("sync-device"), <Data key="name">{name}</Data>],
          [t("sync-fingerprint"), <Fingerprint key="key" text={fingerprint} />],
        ]}
      />
    </div>
  );
}

/** What an answer leads to, as people compare it. */
export function AnswerFacts({ of }: { of: DeviceAnswered }) {
  const { t } = useText();
  return (
    <Facts
      rows={[
        [t("sync-hub"), <Data key="hub">{of.hub}</Data>],
        [t("sync-hub-key"), <Fingerprint key="key" text={of.hub_key} />],
        [t("sync-device-by"), <Data key="by">{of.by}</Data>],
        [t("sync-fingerprint"), <Fingerprint key="device" text={of.by_fingerprint} />],
        [t("sync-device-mail"), <Data key="mail">{of.mail}</Data>],
      ]}
    />
  );
}

/** A key as people compare it, with a button that copies it. */
export function Fingerprint({ text }: { text: string }) {
  const { t } = useText();
  return (
    <span className="row">
      <code className="figure">{text}</code> <Copy text={text} label={t("sync-fingerprint-copy")} />
    </span>
  );
}
