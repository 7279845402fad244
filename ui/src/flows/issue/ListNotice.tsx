import { Alert } from "antd";
import type { ReactNode } from "react";
import { Instant } from "../../parts/values";
import { useAsk } from "../../rpc";
import { useText } from "../../text";

/** That a status list changed and nobody else can know, until it was exported; after a restore that comes first. */
export function ListNotice({ action }: { action?: ReactNode }) {
  const { t } = useText();
  const since = useAsk("issue.list_standing", {}).data?.not_exported_since;
  const unsettled = useAsk("issue.after_restore", {}).data?.lists.length;
  if (!since || unsettled) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("issued-list-due")}
      description={
        <>
          {t("issued-list-due-signed")} <Instant at={since} />
          <br />
          {t("issued-list-due-means")}
        </>
      }
      action={action}
    />
  );
}
