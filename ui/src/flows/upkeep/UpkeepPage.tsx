import { HistoryOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { AfterRestore } from "../../parts/AfterRestore";
import { PageHeader } from "../../parts/page";
import { useRoute } from "../../route";
import { useText } from "../../text";
import { Backups, useBackup } from "./Backups";
import { CheckDatabase } from "./CheckDatabase";
import { Diagnostics } from "./Diagnostics";
import "./upkeep.css";

/** 备份与维护: what keeps the data whole. */
export function UpkeepPage({ restored = false }: { restored?: boolean }) {
  const { t } = useText();
  const { go } = useRoute();
  const backup = useBackup();
  return (
    <div className="page">
      <PageHeader
        title={t("upkeep-menu")}
        lead={t("upkeep-lead")}
        extra={
          <Button icon={<HistoryOutlined aria-hidden />} onClick={() => go({ page: "activity" })}>
            {t("upkeep-activity")}
          </Button>
        }
        primary={
          <Button type="primary" loading={backup.busy} onClick={() => void backup.make()}>
            {t("upkeep-backup-now")}
          </Button>
        }
      />
      {restored && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t("upkeep-restored")}
          description={t("upkeep-restored-means")}
        />
      )}
      <AfterRestore />
      <Backups backup={backup} />
      <CheckDatabase />
      <Diagnostics />
    </div>
  );
}
