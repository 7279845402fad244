import { Button } from "antd";
import { useId } from "react";
import type { AuthorityLine, ReplaceAuthority } from "../../gen/wire";
import type { Host, Refused } from "../../host";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, FilePath, Instant } from "../../parts/values";
import { useHost } from "../../rpc";
import { type Speech, useText } from "../../text";
import { Fingerprint } from "./Compare";

const chooseFile = (host: Host, t: Speech["t"]) =>
  host.chooseFile(t("sync-authority-file"), [
    { name: t("sync-authority-file"), extensions: ["pem", "crt", "cer"] },
  ]);

interface FieldProps {
  /** The file; empty for the public authorities. */
  value: string;
  onChange: (path: string) => void;
}

/** 机构自建 CA 证书, where a hub is joined. */
export function AuthorityField({ value, onChange }: FieldProps) {
  const { t } = useText();
  const host = useHost();
  const id = useId();
  const choose = async () => {
    const path = await chooseFile(host, t);
    if (path) onChange(path);
  };
  return (
    <Field label={t("sync-authority-optional")} id={id} help={t("sync-authority-hint")}>
      <div className="row">
        <Button id={id} aria-label={t("sync-authority-choose")} onClick={() => void choose()}>
          {t("sync-authority-choose")}
        </Button>
        {value && (
          <>
            <FilePath path={value} />
            <Button type="text" size="small" onClick={() => onChange("")}>
              {t("sync-authority-without")}
            </Button>
          </>
        )}
      </div>
    </Field>
  );
}

interface Props {
  /** The hub's id. */
  hub: string;
  ca: AuthorityLine[];
  act: {
    mutate: (request: ReplaceAuthority) => void;
    isPending: boolean;
    error: Refused | null;
  };
}

/** Who vouches for a hub that was joined, and how that is changed. */
export function Authorities({ hub, ca, act }: Props) {
  const { t } = useText();
  const host = useHost();
  const replace = async () => {
    const path = await chooseFile(host, t);
    if (path) act.mutate({ hub, path });
  };
  return (
    <div className="stack">
      {act.error && <RefusalAlert refusal={act.error.refusal} />}
      {ca.length === 0 && <span>{t("sync-authority-public")}</span>}
      {ca.map((one) => (
        <div key={one.fingerprint}>
          <Data>{one.name || t("sync-authority-nameless")}</Data>
          {one.until && (
            <span className="quiet">
              {" "}
              {t("sync-authority-until")} <Instant at={one.until} />
            </span>
          )}
          <br />
          <Fingerprint text={one.fingerprint} />
        </div>
      ))}
      <div className="row">
        <Button
          size="small"
          loading={act.isPending}
          aria-label={t(ca.length > 0 ? "sync-authority-replace-one" : "sync-authority-choose-one", { hub })}
          onClick={() => void replace()}
        >
          {t(ca.length > 0 ? "sync-authority-replace" : "sync-authority-choose")}
        </Button>
        {ca.length > 0 && (
          <Button
            size="small"
            type="text"
            disabled={act.isPending}
            aria-label={t("sync-authority-remove-one", { hub })}
            onClick={() => act.mutate({ hub, path: null })}
          >
            {t("sync-authority-remove")}
          </Button>
        )}
      </div>
    </div>
  );
}
