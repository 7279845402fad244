import { Input } from "antd";
import { useId } from "react";
import { Field } from "../../parts/page";
import { useText } from "../../text";

/** A remark for the books. */
export function Note({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useText();
  const id = useId();
  return (
    <Field label={t("note")} id={id} help={t("note-help")}>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}
