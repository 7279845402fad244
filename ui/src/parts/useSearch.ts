import type { Answered } from "../host/types";
import { useKept } from "../route";
import { type Filter, type Paged, usePages } from "../rpc";

/**
 * A long list that is searched. What was asked for is found again when the person comes back; `search` asks for
 * something else, or for the same once more, and the program is asked anew in either case.
 */
export function useSearch<W extends Paged, Row>(
  kept: string,
  word: W,
  everything: Filter<W>,
  rowsOf: (answer: Answered<W>) => Row[],
) {
  const [filter, keep] = useKept<Filter<W>>(kept, everything);
  const { anew, ...pages } = usePages(word, filter, rowsOf);
  const search = (next: Filter<W>) => {
    keep(next);
    anew(next);
  };
  return { filter, search, ...pages };
}
