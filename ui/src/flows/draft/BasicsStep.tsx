import { Input, Select } from "antd";
import { useId, useState } from "react";
import type { DraftFields, DraftPage } from "../../gen/wire";
import { Field, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAutosave } from "../../parts/useAutosave";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import { ClaimFields } from "../issue/ClaimFields";
import { FormerNames } from "../register/FormerNames";
import { Consents } from "./Consents";

/** 基本信息: the firm as it is now, and what it says of itself. Every keystroke is saved. */
export function BasicsStep({ page }: { page: DraftPage }) {
  const { t } = useText();
  const id = useId();
  const act = useAct("draft.save");
  const regions = useAsk("session.regions", {});
  const [typed, setTyped] = useState<DraftFields>(page.fields);
  const { saving, change } = useAutosave((fields: DraftFields) =>
    act.mutateAsync({ id: page.line.id, fields }),
  );
  const put = (part: Partial<DraftFields>) => {
    const next = { ...typed, ...part };
    setTyped(next);
    change(next);
  };
  const facts = Object.fromEntries(typed.facts.map(({ name, value }) => [name, value]));
  const putFact = (name: string, value: string) =>
    put({
      facts: [
        ...typed.facts.filter((fact) => fact.name !== name),
        ...(value === "" ? [] : [{ name, value }]),
      ],
    });
  return (
    <>
      <p className="quiet saving" role="status">
        {saving.state !== "refused" && t(`draft-saving-${saving.state}`)}
      </p>
      {saving.state === "refused" && <RefusalAlert refusal={saving.refusal} />}
      <Section title={t("draft-firm")}>
        <div className="form-grid">
          <Field label={t("draft-title")} id={`${id}-title`} required>
            <Input
              id={`${id}-title`}
              value={typed.title}
              onChange={({ target }) => put({ title: target.value })}
            />
          </Field>
          <Field label={t("draft-name")} id={`${id}-name`} required>
            <Input
              id={`${id}-name`}
              value={typed.name}
              onChange={({ target }) => put({ name: target.value })}
            />
          </Field>
          <Field label={t("draft-origin")} id={`${id}-origin`} required>
            <Select
              id={`${id}-origin`}
              showSearch={{ optionFilterProp: "label" }}
              value={typed.origin_region || null}
              onChange={(origin_region) => put({ origin_region })}
              options={(regions.data?.regions ?? []).map(({ code, name }) => ({
                value: code,
                label: `${name} ${code}`,
              }))}
            />
          </Field>
        </div>
        <FormerNames names={typed.former_names} onChange={(former_names) => put({ former_names })} />
      </Section>
      {page.fact_fields.length > 0 && (
        <Section title={t("draft-facts")}>
          <p className="quiet">{t("draft-facts-means")}</p>
          <ClaimFields
            id={`${id}-fact`}
            type={{
              id: "facts",
              title: { zh: "", en: "" },
              description: { zh: "", en: "" },
              provenance: [],
              claims: page.fact_fields,
              from_register: [],
              number: false,
              valid_until: false,
              number_sample: null,
              attested_needs: [],
              hints: [],
            }}
            values={facts}
            onChange={putFact}
          />
        </Section>
      )}
      <Section title={t("draft-consents")}>
        <Consents page={page} consents={typed.consents} onChange={(consents) => put({ consents })} />
      </Section>
    </>
  );
}
