// Rows by what their columns say, where the whole table is here. What is asked for page by page is put in order by the
// program, by name where a table says so (`byName`).

import { useMemo, useRef } from "react";
import type { Language } from "../gen/wire";
import { useKept } from "../route";
import { useText } from "../text";
import type { Column } from "./columns";

/** Chinese by its pinyin, and numbers by what they are worth. */
export const collatorOf = (language: Language) =>
  new Intl.Collator(language === "zh" ? "zh-Hans-CN-u-co-pinyin" : "en", { numeric: true });

export interface Sorting {
  /** The key of the column. */
  key: string;
  down: boolean;
}

/** What a click on a column's head makes of the order: upwards, downwards, and as it came. */
export function turned(sorting: Sorting | null, key: string): Sorting | null {
  if (sorting?.key !== key) return { key, down: false };
  return sorting.down ? null : { key, down: true };
}

/** The rows in the order that the person chose for this table; it is found again when they come back. */
export function useSorted<Row>(name: string, columns: Column<Row>[], given: Row[]) {
  const { language } = useText();
  const [sorting, setSorting] = useKept<Sorting | null>(`${name}-sorting`, null);
  const { key, down } = sorting ?? { key: null, down: false };
  // Columns are made anew with every look at the page; what they sort by changes with the column and the language.
  const newest = useRef(columns);
  newest.current = columns;
  const rows = useMemo(() => {
    const by = key === null ? undefined : newest.current.find((column) => column.key === key)?.by;
    if (!by) return given;
    const { compare } = collatorOf(language);
    const keyed = given.map((row) => ({ row, word: by(row) }));
    keyed.sort((a, b) => (down ? compare(b.word, a.word) : compare(a.word, b.word)));
    return keyed.map(({ row }) => row);
  }, [given, key, down, language]);
  return { rows, sorting, turn: (key: string) => setSorting(turned(sorting, key)) };
}
