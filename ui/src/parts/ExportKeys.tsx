import { KeyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useAct, useHost } from "../rpc";
import { useSession } from "../session";
import { useText } from "../text";
import { KeyFingerprint } from "./KeyFingerprint";
import { fileName } from "./names";
import { RefusalAlert } from "./refusal";
import { WrittenNote } from "./written";

/** 导出本单位公钥: what the province needs to register this organisation, and the fingerprint to compare. */
export function ExportKeys() {
  const { t } = useText();
  const host = useHost();
  const { status } = useSession();
  const act = useAct("issue.export_keys");
  // What came of it may lie below the edge of the window.
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (act.data) result.current?.scrollIntoView({ block: "nearest" });
  }, [act.data]);
  const choose = async () => {
    const name = fileName(`${status.profile?.name ?? ""}${t("own-keys-file")}`);
    const path = await host.saveAs(t("own-keys"), `${name}.json`, { name: "JSON", extensions: ["json"] });
    if (path) act.mutate({ path });
  };
  return (
    <div className="stack">
      <p>
        <Button icon={<KeyOutlined aria-hidden />} loading={act.isPending} onClick={() => void choose()}>
          {t("own-keys")}
        </Button>
      </p>
      {act.error && <RefusalAlert refusal={act.error.refusal} />}
      {act.data && (
        <div className="stack" ref={result}>
          {act.data.fingerprints.map((text) => (
            <KeyFingerprint key={text} text={text} />
          ))}
          <p className="quiet">{t("own-keys-next")}</p>
          <WrittenNote written={act.data.written} />
        </div>
      )}
    </div>
  );
}
