import { Input } from "antd";
import { useId } from "react";
import { Field } from "../../parts/page";
import { useText } from "../../text";

interface Props {
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
}

/** A remark for the books. */
export function Note({ value, onChange, required = false }: Props) {
  const { t } = useText();
  const id = useId();
  return (
    <Field label={t("note")} id={id} required={required} help={t("note-help")}>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}
