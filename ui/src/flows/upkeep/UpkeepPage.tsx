import { HistoryOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { AfterRestore } from "../../parts/AfterRestore";
import { PageHeader } from "../../parts/page";
import { useRoute } from "../../route";
import { useAsk } from "../../rpc";
import { useText } from "../../text";
import { Backups, useBackup } from "./Backups";
import { CheckDatabase } from "./CheckDatabase";
import { Diagnostics } from "./Diagnostics";
import "./upkeep.css";

interface Props {
  restored?: boolean;
  replaced?: boolean;
}

/** 备份与维护: what keeps the data whole. */
export function UpkeepPage({ restored = false, replaced = false }: Props) {
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
      {restored && <Restored replaced={replaced} />}
      <AfterRestore />
      <Backups backup={backup} />
      <CheckDatabase />
      <Diagnostics />
    </div>
  );
}

/** That the database came from a backup, and what is not in it. */
function Restored({ replaced }: { replaced: boolean }) {
  const { t } = useText();
  const next = useAsk("issue.after_restore", {}).data?.next_case;
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t("upkeep-restored")}
      description={
        <>
          <p>{t(replaced ? "upkeep-restored-means" : "upkeep-restored-anew")}</p>
          {next && <p>{t("upkeep-restored-cases", { next })}</p>}
        </>
      }
    />
  );
}
