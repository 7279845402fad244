import { Input } from "antd";
import { useId } from "react";
import { Field } from "../../parts/page";
import { useAsk } from "../../rpc";
import { useText } from "../../text";

/** Characters of a code; before that many are typed nothing is said about them. */
const LENGTH = 18;

/** 统一社会信用代码, judged while it is typed. */
export function UsccField({
  value,
  fixed = false,
  onChange,
}: {
  value: string;
  fixed?: boolean;
  onChange: (uscc: string) => void;
}) {
  const { t, say } = useText();
  const id = useId();
  const judged = useAsk(
    "session.check_uscc",
    value.trim().length >= LENGTH && !fixed ? { text: value } : null,
  );
  const remark = judged.data?.remark;
  const wrong = judged.data !== undefined && judged.data.uscc === null;
  return (
    <Field label={t("uscc")} id={id} required help={remark && <span role="status">{say(remark)}</span>}>
      <Input
        id={id}
        className="uscc"
        readOnly={fixed}
        status={wrong ? "error" : ""}
        aria-invalid={wrong}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}
