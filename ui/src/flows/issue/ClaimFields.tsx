import { DatePicker, Input, InputNumber, Select } from "antd";
import { type ReactNode, useId } from "react";
import type { ClaimField, TypeForm } from "../../gen/wire";
import { civil, picked } from "../../parts/clock";
import { Field } from "../../parts/page";
import { useAsk } from "../../rpc";
import { useText } from "../../text";

interface Props {
  type: TypeForm;
  /** Values by claim name, as text; `number` and `valid_until` among them. */
  values: Record<string, string>;
  onChange: (name: string, value: string) => void;
  /** Said by a firm of itself: no register fills anything in, and there is one paper to number. */
  ownWords?: boolean;
}

/** The claims of a type as a form. Types are data, and so are their fields. */
export function ClaimFields({ type, values, onChange, ownWords = false }: Props) {
  const { t, say } = useText();
  const id = useId();
  const filled = (name: string) => !ownWords && type.from_register.includes(name);
  return (
    <div className="form-grid">
      {type.number && (
        <Field
          label={t("claim-number")}
          id={`${id}-number`}
          help={ownWords ? undefined : t("claim-number-hint")}
        >
          <Input
            id={`${id}-number`}
            placeholder={ownWords ? undefined : "HFUSP-2026-{0001}"}
            value={values.number ?? ""}
            onChange={({ target }) => onChange("number", target.value)}
          />
        </Field>
      )}
      {type.valid_until && (
        <Field label={t("claim-valid_until")} id={`${id}-valid_until`}>
          <Day
            id={`${id}-valid_until`}
            value={values.valid_until ?? ""}
            onChange={(value) => onChange("valid_until", value)}
          />
        </Field>
      )}
      {type.claims.map((field) => (
        <Field
          key={field.name}
          label={say(field.label)}
          id={`${id}-${field.name}`}
          required={field.required && !filled(field.name)}
          help={filled(field.name) ? t("claim-from-register") : undefined}
        >
          <Value
            field={field}
            id={`${id}-${field.name}`}
            value={values[field.name] ?? ""}
            onChange={(value) => onChange(field.name, value)}
          />
        </Field>
      ))}
    </div>
  );
}

interface ValueProps {
  field: ClaimField;
  id: string;
  value: string;
  onChange: (value: string) => void;
}

function Value({ field, id, value, onChange }: ValueProps): ReactNode {
  const { t, say } = useText();
  if (field.choices.length > 0)
    return (
      <Select
        id={id}
        allowClear
        placeholder={t("claim-choose")}
        value={value || null}
        onChange={(next) => onChange(next ?? "")}
        options={field.choices.map((choice) => ({ value: choice.value, label: say(choice.label) }))}
      />
    );
  switch (field.kind) {
    case "date":
      return <Day id={id} value={value} onChange={onChange} />;
    case "integer":
      return (
        <InputNumber
          id={id}
          precision={0}
          value={value === "" ? null : Number(value)}
          onChange={(next) => onChange(next === null ? "" : String(next))}
        />
      );
    case "boolean":
      return (
        <Select
          id={id}
          allowClear
          placeholder={t("claim-choose")}
          value={value || null}
          onChange={(next) => onChange(next ?? "")}
          options={[
            { value: "true", label: t("claim-yes") },
            { value: "false", label: t("claim-no") },
          ]}
        />
      );
    case "region":
      return <Region id={id} value={value} onChange={onChange} />;
    case "text_list":
      return (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 6 }}
          placeholder={t("claim-list-hint")}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case "money":
      return (
        <Input
          id={id}
          inputMode="decimal"
          suffix={t("claim-yuan")}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    default:
      return <Input id={id} value={value} onChange={({ target }) => onChange(target.value)} />;
  }
}

function Day({ id, value, onChange }: Omit<ValueProps, "field">) {
  return <DatePicker id={id} value={picked(value)} onChange={(day) => onChange(civil(day) ?? "")} />;
}

function Region({ id, value, onChange }: Omit<ValueProps, "field">) {
  const { t } = useText();
  const regions = useAsk("session.regions", {});
  return (
    <Select
      id={id}
      allowClear
      placeholder={t("claim-choose")}
      showSearch={{ optionFilterProp: "label" }}
      value={value || null}
      onChange={(next) => onChange(next ?? "")}
      options={(regions.data?.regions ?? []).map(({ code, name }) => ({
        value: code,
        label: `${name} ${code}`,
      }))}
    />
  );
}
