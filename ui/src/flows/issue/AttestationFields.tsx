import { Input, Select } from "antd";
import type { Attestation } from "../../gen/wire";
import { today } from "../../parts/clock";
import { Day } from "../../parts/Day";
import { type Flaws, needed, type Told } from "../../parts/needed";
import { Field } from "../../parts/page";
import { useText } from "../../text";

/** How an original was seen: the words that the credential carries. */
const METHODS = ["original", "website", "scan", "interface"] as const;

export const newAttestation = (operator: string, method: string): Attestation => ({
  method,
  system: "",
  url: null,
  checked_on: today(),
  operator,
});

/** What is wrong with how an original was seen. */
export function attestationFlaws(
  id: string,
  { system, url, operator }: Attestation,
  said: { needed: string; url: string },
): Flaws {
  return {
    [`${id}-system`]: needed(system, said.needed),
    [`${id}-url`]: !url?.trim() || /^https?:\/\/\S+$/.test(url.trim()) ? null : said.url,
    [`${id}-operator`]: needed(operator, said.needed),
  };
}

/** 核验背书: how the original was seen, where, when and by whom. */
export function AttestationFields({
  id,
  value,
  told,
  onChange,
}: {
  /** What the ids of its fields begin with. */
  id: string;
  value: Attestation;
  told: (id: string) => Told;
  onChange: (value: Attestation) => void;
}) {
  const { t } = useText();
  const change = (part: Partial<Attestation>) => onChange({ ...value, ...part });
  return (
    <div className="form-grid">
      <Field label={t("attest-method")} id={`${id}-method`} required>
        <Select
          id={`${id}-method`}
          value={value.method}
          onChange={(method) => change({ method })}
          options={METHODS.map((method) => ({
            value: t(`attest-method-${method}`),
            label: t(`attest-method-${method}`),
          }))}
        />
      </Field>
      <Field
        label={t("attest-system")}
        id={`${id}-system`}
        required
        error={told(`${id}-system`).error}
        help={t("attest-system-hint")}
      >
        <Input
          id={`${id}-system`}
          {...told(`${id}-system`).own}
          value={value.system}
          onChange={({ target }) => change({ system: target.value })}
        />
      </Field>
      <Field label={t("attest-url")} id={`${id}-url`} error={told(`${id}-url`).error}>
        <Input
          id={`${id}-url`}
          {...told(`${id}-url`).own}
          value={value.url ?? ""}
          onChange={({ target }) => change({ url: target.value || null })}
        />
      </Field>
      <Field label={t("attest-checked_on")} id={`${id}-checked_on`} required>
        <Day
          id={`${id}-checked_on`}
          allowClear={false}
          value={value.checked_on}
          onChange={(day) => change({ checked_on: day ?? value.checked_on })}
        />
      </Field>
      <Field label={t("attest-operator")} id={`${id}-operator`} required error={told(`${id}-operator`).error}>
        <Input
          id={`${id}-operator`}
          {...told(`${id}-operator`).own}
          value={value.operator}
          onChange={({ target }) => change({ operator: target.value })}
        />
      </Field>
    </div>
  );
}
