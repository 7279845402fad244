import { Input, Select } from "antd";
import type { DraftFields, DraftPage } from "../../gen/wire";
import type { Told } from "../../parts/needed";
import { Field, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import type { Saving } from "../../parts/saver";
import { useAsk } from "../../rpc";
import { useText } from "../../text";
import { ClaimFields } from "../issue/ClaimFields";
import { FormerNames } from "../register/FormerNames";
import { Consents } from "./Consents";
import { FACTS, factsForm, factsOf, fieldPlace, savable } from "./places";

interface Props {
  page: DraftPage;
  /** What was typed so far; it outlasts the step. */
  typed: DraftFields;
  /** What is wrong with the fields, once the person wanted to go on. */
  told: (id: string) => Told;
  onTyped: (fields: DraftFields) => void;
  /** How far it is saved. */
  saving: Saving;
}

/** 基本信息: the firm as it is now, and what it says of itself. Every keystroke is saved. */
export function BasicsStep({ page, typed, told, onTyped, saving }: Props) {
  const { t } = useText();
  const regions = useAsk("session.regions", {});
  const [title, name, origin] = [fieldPlace("title"), fieldPlace("name"), fieldPlace("origin_region")];
  const put = (part: Partial<DraftFields>) => onTyped({ ...typed, ...part });
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
        {saving.state !== "refused" &&
          (saving.state === "saved" && savable(page, typed) !== typed
            ? t("draft-saving-except")
            : t(`draft-saving-${saving.state}`))}
      </p>
      {saving.state === "refused" && <RefusalAlert refusal={saving.refusal} />}
      <Section title={t("draft-firm")}>
        <div className="form-grid">
          <Field label={t("draft-title")} id={title} required error={told(title).error}>
            <Input
              id={title}
              {...told(title).own}
              value={typed.title}
              onChange={({ target }) => put({ title: target.value })}
            />
          </Field>
          <Field label={t("draft-name")} id={name} required error={told(name).error}>
            <Input
              id={name}
              {...told(name).own}
              value={typed.name}
              onChange={({ target }) => put({ name: target.value })}
            />
          </Field>
          <Field label={t("draft-origin")} id={origin} required error={told(origin).error}>
            <Select
              id={origin}
              {...told(origin).own}
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
            id={FACTS}
            type={factsForm(page)}
            told={told}
            values={factsOf(typed)}
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
