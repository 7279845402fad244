import { DatePicker, Input, Select } from "antd";
import { useId } from "react";
import type { Attestation } from "../../gen/wire";
import { civil, picked, today } from "../../parts/clock";
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

/** 核验背书: how the original was seen, where, when and by whom. */
export function AttestationFields({
  value,
  onChange,
}: {
  value: Attestation;
  onChange: (value: Attestation) => void;
}) {
  const { t } = useText();
  const id = useId();
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
      <Field label={t("attest-system")} id={`${id}-system`} required>
        <Input
          id={`${id}-system`}
          value={value.system}
          onChange={({ target }) => change({ system: target.value })}
        />
      </Field>
      <Field label={t("attest-url")} id={`${id}-url`}>
        <Input
          id={`${id}-url`}
          value={value.url ?? ""}
          onChange={({ target }) => change({ url: target.value || null })}
        />
      </Field>
      <Field label={t("attest-checked_on")} id={`${id}-checked_on`} required>
        <DatePicker
          id={`${id}-checked_on`}
          allowClear={false}
          value={picked(value.checked_on)}
          onChange={(day) => change({ checked_on: civil(day) ?? value.checked_on })}
        />
      </Field>
      <Field label={t("attest-operator")} id={`${id}-operator`} required>
        <Input
          id={`${id}-operator`}
          value={value.operator}
          onChange={({ target }) => change({ operator: target.value })}
        />
      </Field>
    </div>
  );
}
