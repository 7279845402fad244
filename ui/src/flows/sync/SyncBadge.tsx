import { CloudOutlined, CloudSyncOutlined, DisconnectOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { SyncStatus } from "../../gen/wire";
import { AlarmIcon } from "../../parts/marks";
import { shanghaiInstant, utcInstant } from "../../parts/values";
import { useRoute } from "../../route";
import { type Speech, useText } from "../../text";
import { toDecide, useSync } from "./useSync";

/** How the device stands with its hub, in a word on every page; it leads to the page 同步. */
export function SyncBadge() {
  const { t } = useText();
  const { route, begin } = useRoute();
  const { data } = useSync();
  if (!data) return null;
  return (
    <Button
      type="text"
      className="sync-badge"
      icon={<Icon status={data} />}
      aria-current={route.page === "sync" ? "page" : undefined}
      title={data.synced ? `${t("sync-last")} ${utcInstant(data.synced)}` : undefined}
      onClick={() => begin({ page: "sync" })}
    >
      {badgeWords(t, data)}
    </Button>
  );
}

function Icon({ status }: { status: SyncStatus }) {
  if (toDecide(status) > 0 || status.state === "refused") return <AlarmIcon aria-hidden />;
  if (status.state === "none" || status.state === "offline") return <DisconnectOutlined aria-hidden />;
  return status.state === "syncing" ? <CloudSyncOutlined aria-hidden /> : <CloudOutlined aria-hidden />;
}

/** What waits for a person comes first; that the hub is away is a state like any other. */
export function badgeWords(t: Speech["t"], status: SyncStatus): string {
  const { state, synced, waiting } = status;
  const count = toDecide(status);
  if (count > 0) return t("sync-badge-decide", { count });
  if (state === "offline" || state === "syncing")
    return t(waiting > 0 ? `sync-badge-${state}-waiting` : `sync-badge-${state}`, { count: waiting });
  if (state === "synced")
    return synced ? t("sync-badge-synced", { at: shanghaiInstant(synced).slice(5) }) : t("sync-badge-never");
  return t(`sync-badge-${state}`);
}
