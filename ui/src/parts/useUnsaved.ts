import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

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
