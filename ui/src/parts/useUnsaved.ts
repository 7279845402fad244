import { useRef, useState } from "react";
import { useForms } from "./keptForms";
import { usePending } from "./pending";
import { newSaver } from "./saver";

/** To be raised with every change of what any form keeps: what was kept in another shape is not put into fields. */
const SHAPE = 1;

const written = (typed: unknown) => JSON.stringify({ shape: SHAPE, typed });

function readAgain<T>(text: string | undefined): T | null {
  if (text === undefined) return null;
  try {
    const { shape, typed } = JSON.parse(text) as { shape: number; typed: T };
    return shape === SHAPE ? typed : null;
  } catch {
    return null;
  }
}

/**
 * What was typed and not saved when its page was left, the database locked or the window closed. It is kept in the database
 * under the form's family and what the form is of, after a short pause and whenever the page, the session or the window may
 * end; the memory has it meanwhile. A passphrase is never among it. Where no database is open yet, the memory alone has it.
 */
export function useUnsaved<T>(family: string, ...of: string[]) {
  const form = [family, ...of].join(" ");
  const { found, put, store, tell } = useForms();
  const [kept, setKept] = useState(() => readAgain<T>(found[form]));
  const [{ change, flush }] = useState(() =>
    newSaver<string | null>(
      (typed) => store(form, typed),
      (saving) => {
        if (saving.state === "refused") tell(form, saving.refusal);
        if (saving.state === "saved") tell(form, null);
      },
    ),
  );
  usePending(flush);
  // What was found or kept has to go from the database as well, whatever the memory lost meanwhile to a lock.
  const there = useRef(found[form] !== undefined);
  return {
    /** What was found when the page was opened. */
    kept,
    keep: (typed: T) => {
      there.current = true;
      const text = written(typed);
      put(form, text);
      change(text);
    },
    drop: () => {
      if (there.current) {
        there.current = false;
        put(form, null);
        change(null);
        void flush();
      }
      setKept(null);
    },
  };
}

/**
 * The fields of a form, each change of them kept as `useUnsaved` keeps it; a passphrase is no field of a form. `from` is
 * what the form begins with, for what was kept or without it.
 */
export function useTyped<T extends object>(from: (kept: T | null) => T, family: string, ...of: string[]) {
  const { kept, keep, drop } = useUnsaved<T>(family, ...of);
  const [typed, setTyped] = useState<T>(() => from(kept));
  // Two fields may change before the page is drawn again.
  const latest = useRef(typed);
  const put = (next: T) => {
    latest.current = next;
    setTyped(next);
  };
  return {
    typed,
    /** Whether the form was opened with what was typed before. */
    again: kept !== null,
    change: (part: Partial<T> | ((before: T) => Partial<T>)) => {
      const next = { ...latest.current, ...(typeof part === "function" ? part(latest.current) : part) };
      keep(next);
      put(next);
    },
    /** What was typed is done with, and stays in its fields. */
    drop,
    /** What was typed is given up. */
    anew: () => {
      drop();
      put(from(null));
    },
  };
}
