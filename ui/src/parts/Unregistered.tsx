import { Alert } from "antd";
import type { Sentence } from "../gen/wire";
import { useText } from "../text";
import { ExportKeys } from "./ExportKeys";

/** That no register has the key that would sign here, with the way to have it registered. */
export function Unregistered({ remark }: { remark: Sentence | null | undefined }) {
  const { t, say } = useText();
  if (!remark) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={say(remark)}
      description={
        <>
          <p>{t("own-keys-hint")}</p>
          <ExportKeys />
        </>
      }
    />
  );
}
