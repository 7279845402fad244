import { Alert, Button } from "antd";
import { useState } from "react";
import type { HubLine, SyncStatus } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { Facts, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import type { Tone } from "../../parts/theme";
import { Copy, Data, Instant } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { Authorities } from "./Authority";
import { Invite } from "./Invite";

const TONE: Record<SyncStatus["state"], Tone> = {
  none: "none",
  passphrase: "pending",
  syncing: "info",
  offline: "none",
  refused: "warning",
  synced: "pass",
};

/** The hub, and how the last round went. */
export function HubSection({ hub, status }: { hub: HubLine; status: SyncStatus }) {
  const { t } = useText();
  const [inviting, setInviting] = useState(false);
  const authority = useAct("sync.authority");
  const { state, refused, remarks } = status;
  return (
    <Section
      title={t("sync-hub")}
      extra={hub.invites && <Button onClick={() => setInviting(true)}>{t("sync-invite")}</Button>}
    >
      <div className="stack">
        <div aria-live="polite">
          <Mark tone={TONE[state]}>{t(`sync-state-${state}`)}</Mark>
        </div>
        {state === "offline" ? (
          <Alert type="info" showIcon title={t("sync-offline")} description={t("sync-offline-means")} />
        ) : (
          refused && <RefusalAlert refusal={refused} />
        )}
        {remarks.map((remark) => (
          <RefusalAlert key={`${remark.code} ${remark.fact.zh}`} refusal={remark} />
        ))}
        <Facts
          rows={[
            [t("sync-hub-id"), <Data key="id">{hub.id}</Data>],
            [t("sync-hub-url"), <Data key="url">{hub.url}</Data>],
            [
              t("sync-hub-key"),
              <span key="key" className="row">
                <code className="figure">{hub.key}</code> <Copy text={hub.key} label={t("sync-hub-key")} />
              </span>,
            ],
            [t("sync-authority"), <Authorities key="ca" hub={hub.id} ca={hub.ca} act={authority} />],
            [t("sync-last"), status.synced ? <Instant key="at" at={status.synced} /> : t("sync-badge-never")],
            [t("sync-next"), <Instant key="next" at={status.next} />],
          ]}
        />
      </div>
      {inviting && <Invite onClose={() => setInviting(false)} />}
    </Section>
  );
}
