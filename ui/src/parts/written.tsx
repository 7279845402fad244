import { Alert } from "antd";
import type { ReactNode } from "react";
import type { Written } from "../gen/wire";
import { useText } from "../text";
import { Digest, FilePath } from "./values";

/** What was written and where, and what else is to be said of it; stays until something else is written. */
export function WrittenNote({ written, children }: { written: Written; children?: ReactNode }) {
  const { t } = useText();
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t("written")}
      description={
        <>
          <p>
            <FilePath path={written.path} />
          </p>
          {written.sha256 && (
            <p>
              <span className="quiet">{t("written-digest")}</span> <Digest value={written.sha256} />
            </p>
          )}
          {children}
        </>
      }
    />
  );
}
