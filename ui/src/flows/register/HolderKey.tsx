import { FileOutlined } from "@ant-design/icons";
import { Alert, Button, Input } from "antd";
import { useId } from "react";
import { KeyFingerprint } from "../../parts/KeyFingerprint";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAct, useAsk, useHost } from "../../rpc";
import { useText } from "../../text";

interface Props {
  value: string | null;
  /** The code of the firm, as far as it is typed: whoever else has the key is told. */
  uscc: string;
  onChange: (jwk: string | null) => void;
}

/** The firm's public key: out of the file that it handed over, or pasted. */
export function HolderKey({ value, uscc, onChange }: Props) {
  const { t, say } = useText();
  const host = useHost();
  const id = useId();
  const read = useAct("register.read_key");
  const print = useAsk("register.fingerprint", value ? { jwk: value, uscc } : null);
  const choose = async () => {
    const kind = { name: t("kind-key"), extensions: ["jwk", "json", "pem"] };
    const path = await host.chooseFile(t("firm-holder_jwk-choose"), [kind]);
    if (path) read.mutate({ path }, { onSuccess: ({ jwk }) => onChange(jwk) });
  };
  return (
    <div className="stack">
      <Field label={t("firm-holder_jwk")} id={id} help={t("firm-holder_jwk-hint")}>
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 6 }}
          spellCheck={false}
          value={value ?? ""}
          onChange={({ target }) => onChange(target.value.trim() || null)}
        />
      </Field>
      {print.error && <RefusalAlert refusal={print.error.refusal} />}
      {print.data && <KeyFingerprint text={print.data.text} />}
      {print.data?.warning && <Alert type="warning" showIcon title={say(print.data.warning)} />}
      {read.error && <RefusalAlert refusal={read.error.refusal} />}
      <p className="row">
        <Button icon={<FileOutlined aria-hidden />} loading={read.isPending} onClick={() => void choose()}>
          {t("firm-holder_jwk-choose")}
        </Button>
      </p>
    </div>
  );
}
