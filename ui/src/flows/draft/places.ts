// Where in a dossier something is typed or chosen, so that what is missing leads there and not only to its step.

import type { DraftFields, DraftPage, TypeForm } from "../../gen/wire";
import { type Flaws, needed } from "../../parts/needed";
import type { Speech } from "../../text";
import { claimFlaws, isOutside } from "../issue/ClaimFields";

export const BASICS = 0;
export const MATERIALS = 1;

/** Goes to a step, and there to the place of this id. */
export type GoTo = (step: number, place?: string) => void;

/** Something that is missing: what it is called, and the id of its place. */
export interface Missing {
  place: string;
  title: string;
}

/** The fields of the firm that no dossier is without. */
const STARRED = ["title", "name", "origin_region"] as const;

const LABELS = { title: "draft-title", name: "draft-name", origin_region: "draft-origin" } as const;

/** The id of a field of the basics. */
export const fieldPlace = (name: (typeof STARRED)[number]) => `draft-${name}`;

/** What the ids of the firm's own statements begin with. */
export const FACTS = "draft-fact";

/** The id of a row of the checklist. */
export const itemPlace = (item: string) => `draft-item-${item}`;

/** The id of the row of what was asked for beyond the checklist, by its number. */
export const beyondPlace = (index: number) => `draft-beyond-${index}`;

/** The firm's own statements that matter at the destination, as a form. */
export const factsForm = ({ fact_fields }: DraftPage): TypeForm => ({
  id: "facts",
  title: { zh: "", en: "" },
  description: { zh: "", en: "" },
  provenance: [],
  claims: fact_fields,
  from_register: [],
  number: false,
  valid_until: false,
  number_sample: null,
  attested_needs: [],
  hints: [],
});

/** The firm's own statements by name. */
export const factsOf = ({ facts }: DraftFields): Record<string, string> =>
  Object.fromEntries(facts.map(({ name, value }) => [name, value]));

/** The starred fields that have nothing in them, in the order of the page. */
export const basicsFlaws = (page: DraftPage, fields: DraftFields, { t }: Speech): Flaws => ({
  ...Object.fromEntries(STARRED.map((name) => [fieldPlace(name), needed(fields[name], t("field-needed"))])),
  ...claimFlaws(FACTS, factsForm(page), factsOf(fields), {
    said: t("field-needed"),
    percent: t("claim-percent-wrong"),
  }),
});

/** What of it can be saved: a value that cannot be is none. */
export const savable = (page: DraftPage, fields: DraftFields): DraftFields => {
  const wrong = page.fact_fields.filter((field) => isOutside(field, factsOf(fields)[field.name]));
  if (wrong.length === 0) return fields;
  return { ...fields, facts: fields.facts.filter(({ name }) => wrong.every((field) => field.name !== name)) };
};

/** The same by name. */
export function missingOf(page: DraftPage, flaws: Flaws, { t, say }: Speech): Missing[] {
  const fields = [
    ...STARRED.map((name) => ({ place: fieldPlace(name), title: t(LABELS[name]) })),
    ...page.fact_fields.map(({ name, label }) => ({ place: `${FACTS}-${name}`, title: say(label) })),
  ];
  return fields.filter(({ place }) => flaws[place]);
}
