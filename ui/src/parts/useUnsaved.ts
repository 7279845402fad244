import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Firm } from "../../gen/wire";

/**
 * What was typed about a firm and not saved when its page was left. It lies beside the answers of the program, and so
 * leaves the memory with them when the database is locked.
 */
export function useUnsaved(id: string) {
  const client = useQueryClient();
  const key = ["register.unsaved", id];
  const [kept, setKept] = useState(() => client.getQueryData<Firm>(key) ?? null);
  return {
    /** What was found when the page was opened. */
    kept,
    keep: (firm: Firm) => {
      // Nobody looks at it meanwhile; it must not be cleared away for that.
      client.setQueryDefaults(key, { gcTime: Number.POSITIVE_INFINITY });
      client.setQueryData<Firm>(key, firm);
    },
    drop: () => {
      client.removeQueries({ queryKey: key, exact: true });
      setKept(null);
    },
  };
}
