// What is wrong with the fields of a form: said beside them once the person wants to go on, and not before. Whoever asks
// for a passphrase asks only for a form that can be signed.

import { useState } from "react";

/** What is wrong with each field, by its id and in the order of the page; nothing for one that is in order. */
export type Flaws = Record<string, string | null>;

/** `said` for a field that has nothing in it. */
export const needed = (value: string, said: string): string | null => (value.trim() === "" ? said : null);

/** What is said beside a field, and what the field itself says to those who hear it. */
export interface Told {
  error: string | null;
  own: { status: "" | "error"; "aria-invalid": boolean; "aria-describedby"?: string };
}

/** Tells the flaws of a form once it was tried; `sound` leads to the first of them, `anew` begins another form. */
export function useFlaws(flaws: Flaws) {
  const [tried, setTried] = useState(false);
  const first = Object.keys(flaws).find((id) => flaws[id]);
  const sound = (): boolean => {
    setTried(first !== undefined);
    if (first !== undefined) document.getElementById(first)?.focus();
    return first === undefined;
  };
  const told = (id: string): Told => {
    const error = (tried && flaws[id]) || null;
    return error === null ? IN_ORDER : wrongly(id, error);
  };
  return { sound, told, anew: () => setTried(false) };
}

/** Nothing to be told. */
export const IN_ORDER: Told = { error: null, own: { status: "", "aria-invalid": false } };

/** What is wrong with the field of this id, told at once. */
export const wrongly = (id: string, error: string): Told => ({
  error,
  own: { status: "error", "aria-invalid": true, "aria-describedby": errorId(id) },
});

/** The id of what is said beside a field. */
export const errorId = (id: string) => `${id}-error`;
