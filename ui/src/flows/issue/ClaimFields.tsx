import { Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import type { ClaimField, TypeForm } from "../../gen/wire";
import { Day } from "../../parts/Day";
import { type Flaws, IN_ORDER, needed, type Told, wrongly } from "../../parts/needed";
import { Field } from "../../parts/page";
import { useAsk } from "../../rpc";
import { useText } from "../../text";

interface Props {
  /** What the ids of its fields begin with. */
  id: string;
  type: TypeForm;
  /** Values by claim name, as text; `number` and `valid_until` among them. */
  values: Record<string, string>;
  onChange: (name: string, value: string) => void;
  /** Said by a firm of itself: no register fills anything in, and there is one paper to number. */
  ownWords?: boolean;
  /** Claims that are needed besides those that the type itself requires. */
  needs?: string[];
  /** What is wrong with the fields, by their ids. */
  told?: (id: string) => Told;
  /** What has to be said of the number, under its field. */
  ofNumber?: ReactNode;
}

/** The number stands first, as it does on paper; a type that has one need not have it among its claims. */
const numberOf = ({ claims }: TypeForm) => claims.find(({ name }) => name === "number");

/** Whether a claim has to be typed in here: what the register has need not. */
const mustBeTyped = (type: TypeForm, field: ClaimField, ownWords: boolean, needs: string[]) =>
  (field.required || needs.includes(field.name)) && (ownWords || !type.from_register.includes(field.name));

const NO_NEEDS: string[] = [];

/** Whether a claim is a share of a hundred: its name says so. */
const isPercent = ({ kind, name }: ClaimField) => kind === "integer" && name.endsWith("_percent");

/** Whether a value is typed that its claim cannot have. */
export const isOutside = (field: ClaimField, value = ""): boolean =>
  isPercent(field) && value !== "" && !(Number(value) >= 0 && Number(value) <= 100);

/** What is wrong with the claims of a type: those that are needed and not there, and shares of more than the whole. */
export function claimFlaws(
  id: string,
  type: TypeForm,
  values: Record<string, string>,
  {
    said,
    percent,
    ownWords = false,
    needs = NO_NEEDS,
  }: { said: string; percent: string; ownWords?: boolean; needs?: string[] },
): Flaws {
  const number = numberOf(type);
  const asked = (field: ClaimField) => mustBeTyped(type, field, ownWords, needs);
  const outside = (field: ClaimField) => isOutside(field, values[field.name]);
  const rest = type.claims.filter((field) => field !== number && (asked(field) || outside(field)));
  // In the order in which they stand: the first that lacks is where the cursor goes.
  const names = [
    ...(number && mustBeTyped(type, number, ownWords, needs) ? ["number"] : []),
    ...(type.valid_until && needs.includes("valid_until") ? ["valid_until"] : []),
    ...rest.map(({ name }) => name),
  ];
  const wrong = type.claims.filter(outside).map(({ name }) => name);
  return Object.fromEntries(
    names.map((name) => [`${id}-${name}`, wrong.includes(name) ? percent : needed(values[name] ?? "", said)]),
  );
}

/** The claims of a type as a form. Types are data, and so are their fields. */
export function ClaimFields({
  id,
  type,
  values,
  onChange,
  ownWords = false,
  needs = NO_NEEDS,
  told = () => IN_ORDER,
  ofNumber,
}: Props) {
  const { t, say } = useText();
  const number = numberOf(type);
  const { error, own } = told(`${id}-number`);
  const fromRegister = (name: string) => !ownWords && type.from_register.includes(name);
  const until = told(`${id}-valid_until`);
  const hint = (name: string) => {
    const found = ownWords ? undefined : type.hints.find((one) => one.name === name);
    return found ? say(found.hint) : fromRegister(name) ? t("claim-from-register") : undefined;
  };
  return (
    <div className="form-grid">
      {type.number && (
        <Field
          label={number ? say(number.label) : t("claim-number")}
          id={`${id}-number`}
          required={number?.required ?? false}
          error={error}
          help={hint("number") ?? (ownWords || needs.length > 0 ? undefined : t("claim-number-hint"))}
        >
          <Input
            id={`${id}-number`}
            {...own}
            placeholder={ownWords ? undefined : (type.number_sample ?? undefined)}
            value={values.number ?? ""}
            onChange={({ target }) => onChange("number", target.value)}
          />
          {ofNumber}
        </Field>
      )}
      {type.valid_until && (
        <Field
          label={t("claim-valid_until")}
          id={`${id}-valid_until`}
          required={needs.includes("valid_until")}
          error={until.error}
          help={hint("valid_until")}
        >
          <Day
            id={`${id}-valid_until`}
            {...until.own}
            value={values.valid_until || null}
            onChange={(value) => onChange("valid_until", value ?? "")}
          />
        </Field>
      )}
      {type.claims
        .filter((field) => !type.number || field !== number)
        .map((field) => {
          const at = `${id}-${field.name}`;
          // What cannot be is said as soon as it is typed, and stays to be mended.
          const { error, own } = isOutside(field, values[field.name])
            ? wrongly(at, t("claim-percent-wrong"))
            : told(at);
          return (
            <Field
              key={field.name}
              label={say(field.label)}
              id={at}
              required={mustBeTyped(type, field, ownWords, needs)}
              error={error}
              help={hint(field.name)}
            >
              <Value
                field={field}
                id={at}
                own={own}
                value={values[field.name] ?? ""}
                onChange={(value) => onChange(field.name, value)}
              />
            </Field>
          );
        })}
    </div>
  );
}

interface ValueProps {
  field: ClaimField;
  id: string;
  own: Told["own"];
  value: string;
  onChange: (value: string) => void;
}

function Value({ field, id, own, value, onChange }: ValueProps): ReactNode {
  const { t, say } = useText();
  if (field.choices.length > 0)
    return (
      <Select
        id={id}
        {...own}
        allowClear
        placeholder={t("claim-choose")}
        value={value || null}
        onChange={(next) => onChange(next ?? "")}
        options={field.choices.map((choice) => ({ value: choice.value, label: say(choice.label) }))}
      />
    );
  switch (field.kind) {
    case "date":
      return <Day id={id} {...own} value={value || null} onChange={(day) => onChange(day ?? "")} />;
    case "integer":
      return (
        <InputNumber
          id={id}
          {...own}
          precision={0}
          value={value === "" ? null : Number(value)}
          onChange={(next) => onChange(next === null ? "" : String(next))}
        />
      );
    case "boolean":
      return (
        <Select
          id={id}
          {...own}
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
      return <Region id={id} own={own} value={value} onChange={onChange} />;
    case "text_list":
      return (
        <Input.TextArea
          id={id}
          {...own}
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
          {...own}
          inputMode="decimal"
          suffix={t("claim-yuan")}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    default:
      return <Input id={id} {...own} value={value} onChange={({ target }) => onChange(target.value)} />;
  }
}

function Region({ id, own, value, onChange }: Omit<ValueProps, "field">) {
  const { t } = useText();
  const regions = useAsk("session.regions", {});
  return (
    <Select
      id={id}
      {...own}
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
