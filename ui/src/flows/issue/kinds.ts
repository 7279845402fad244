// The types of credential in the order in which an incubator looks for them.

import type { Language, Sentence, TypeForm } from "../../gen/wire";
import { collatorOf } from "../../parts/sorting";

/** What an incubator issues most. */
const FIRST = "incubatee-certificate";

/** What the organisation states itself, then copies of what others have stated; each by name. */
export function inOrder(
  types: TypeForm[],
  language: Language,
  say: (text: Sentence) => string,
): { own: TypeForm[]; copies: TypeForm[] } {
  const names = collatorOf(language);
  const rank = ({ id }: TypeForm) => (id === FIRST ? 0 : 1);
  const sorted = [...types].sort((a, b) => rank(a) - rank(b) || names.compare(say(a.title), say(b.title)));
  const own = ({ provenance }: TypeForm) => provenance.includes("direct");
  return { own: sorted.filter(own), copies: sorted.filter((type) => !own(type)) };
}
