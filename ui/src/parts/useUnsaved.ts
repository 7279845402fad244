import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

/**
 * What was typed and not saved when its page was left. It lies beside the answers of the program, under the family of
 * commands that it belongs to, and so leaves the memory with them when the database is locked.
 */
export function useUnsaved<T>(family: string, ...of: string[]) {
  const client = useQueryClient();
  const key = [`${family}.unsaved`, ...of];
  const [kept, setKept] = useState(() => client.getQueryData<T>(key) ?? null);
  return {
    /** What was found when the page was opened. */
    kept,
    keep: (typed: T) => {
      // Nobody looks at it meanwhile; it must not be cleared away for that.
      client.setQueryDefaults(key, { gcTime: Number.POSITIVE_INFINITY });
      client.setQueryData<T>(key, typed);
    },
    drop: () => {
      client.removeQueries({ queryKey: key, exact: true });
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
