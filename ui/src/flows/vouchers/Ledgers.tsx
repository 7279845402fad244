import { Button, Modal } from "antd";
import { useId, useState } from "react";
import type { LedgerLine } from "../../gen/wire";
import { begun } from "../../parts/names";
import { needed, useFlaws } from "../../parts/needed";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Copy, Data } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { Authorities, AuthorityField } from "../sync/Authority";
import { HubFields } from "../sync/HubFields";

/** 登记枢纽: the ledgers that can be asked; another province's is joined with an invitation. */
export function Ledgers({ ledgers }: { ledgers: LedgerLine[] }) {
  const { t } = useText();
  const [joining, setJoining] = useState(false);
  const authority = useAct("vouchers.authority");
  const joined = ledgers.some(({ own }) => own);
  return (
    <Section
      title={t("ledgers")}
      extra={joined && <Button onClick={() => setJoining(true)}>{t("ledger-join")}</Button>}
    >
      <div className="stack">
        <p className="quiet">{t(joined ? "ledgers-lead" : "ledgers-none")}</p>
        {ledgers.length > 0 && (
          <ul className="voucher-choices">
            {ledgers.map((line) => (
              <li key={line.hub}>
                <span>
                  <Data>{line.hub}</Data> <span className="quiet">{line.own && t("ledger-own")}</span>
                  <br />
                  <span className="quiet">
                    <Data>{line.url}</Data>
                  </span>
                  {/* The own hub's is changed on the page 同步. */}
                  {!line.own && <Authorities hub={line.hub} ca={line.ca} act={about(authority, line.hub)} />}
                </span>
                <span className="row">
                  <code className="figure voucher-key">{line.key}</code>
                  <Copy text={line.key} label={t("sync-hub-key")} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {joining && <Join onClose={() => setJoining(false)} />}
    </Section>
  );
}

/** An act, as far as it is about this hub. */
function about(act: ReturnType<typeof useAct<"vouchers.authority">>, hub: string) {
  const mine = act.variables?.hub === hub;
  return { mutate: act.mutate, isPending: mine && act.isPending, error: mine ? act.error : null };
}

function Join({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  const act = useAct("vouchers.join");
  const [invitation, setInvitation] = useState("");
  const [ca, setCa] = useState("");
  const [url, setUrl] = useState("");
  const [file, address] = [`${id}-file`, `${id}-url`];
  const flaws = useFlaws({
    [file]: needed(invitation, t("sync-join-file-needed")),
    [address]: needed(url, t("sync-join-url-needed")),
  });
  const join = () => {
    if (act.isPending || !flaws.sound()) return;
    act.mutate({ invitation, url: url.trim(), ca: ca || null }, { onSuccess: onClose });
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", join);
  return (
    <Modal
      open
      title={begun(t("ledger-join"))}
      okText={begun(t("ledger-join"))}
      cancelText={t("cancel")}
      confirmLoading={act.isPending}
      onOk={join}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("ledger-join-means")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        <HubFields
          invitation={{ id: file, value: invitation, told: flaws.told(file), set: setInvitation }}
          url={{ id: address, value: url, told: flaws.told(address), set: setUrl }}
        />
        <AuthorityField value={ca} onChange={setCa} />
      </div>
    </Modal>
  );
}
