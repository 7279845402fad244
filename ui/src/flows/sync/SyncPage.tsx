import { CloudSyncOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { Busy } from "../../parts/Busy";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { EmptyState, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { DevicesSection } from "./DevicesSection";
import { HubSection } from "./HubSection";
import { InboxSection } from "./InboxSection";
import { JoinForm } from "./JoinForm";
import { ListsSection } from "./ListsSection";
import { OutboxSection } from "./OutboxSection";
import { StickSection } from "./StickSection";
import { useSync } from "./useSync";
import { Withheld } from "./Withheld";
import "./sync.css";

/** 同步: how the device stands with its hub, what goes out, what came and was not taken in, and the stick. */
export function SyncPage() {
  const { t } = useText();
  const { status } = useSession();
  if (status.drill)
    return (
      <div className="page">
        <PageHeader title={t("sync-menu")} />
        <EmptyState
          icon={<CloudSyncOutlined aria-hidden />}
          title={t("sync-drill")}
          hint={t("sync-drill-hint")}
        />
      </div>
    );
  return <Real />;
}

function Real() {
  const { t } = useText();
  const asked = useSync();
  const now = useAct("sync.now");
  const [asking, setAsking] = useState(false);
  const status = asked.data;
  const begin = () => {
    if (status?.state === "passphrase") setAsking(true);
    else now.mutate({ passphrase: null });
  };
  useShortcut("F5", "sync-now", begin, status?.hub !== null && status?.state !== "syncing");
  return (
    <div className="page">
      <PageHeader
        title={t("sync-menu")}
        lead={t("sync-lead")}
        primary={
          status?.hub && (
            <Button
              type="primary"
              icon={<CloudSyncOutlined aria-hidden />}
              loading={status.state === "syncing" || now.isPending}
              onClick={begin}
            >
              {t("sync-now")}
            </Button>
          )
        }
      />
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {now.error && !asking && <RefusalAlert refusal={now.error.refusal} />}
      {!status && !asked.error && <Busy />}
      {status && (status.hub ? <HubSection hub={status.hub} status={status} /> : <JoinForm />)}
      {status && (
        <>
          <Withheld lines={status.withheld} />
          <DevicesSection status={status} />
          <OutboxSection />
          <InboxSection />
          {status.hub?.invites && <ListsSection />}
          <StickSection joined={status.hub !== null} />
        </>
      )}
      <ConfirmPassphrase
        open={asking}
        title={t("sync-now")}
        action={t("sync-now")}
        onConfirm={(passphrase) => now.mutateAsync({ passphrase })}
        onClose={() => setAsking(false)}
      >
        {t("sync-passphrase-means")}
      </ConfirmPassphrase>
    </div>
  );
}
