// What was typed and not saved, as the database has it. It is read once after every opening, so that no form waits for it,
// and leaves the memory with every name when the database is locked.

import { type QueryClient, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Refusal } from "../gen/wire";
import { type Host, refusalOf } from "../host/types";
import { useHost } from "../rpc";
import { useSession } from "../session";

/** What stands in the fields of forms, by the form's name. */
export type Forms = Record<string, string>;

/**
 * Under which key the memory has it: a drill's database holds other forms than the real one. Without a database nothing but
 * the memory keeps it, and only until there is one.
 */
function useKept() {
  const { database, drill, profile } = useSession().status;
  const open = database === "open";
  return { open, queryKey: open ? ["unsaved.read", drill, profile?.uscc] : ["unsaved.memory"] };
}

type Kept = ReturnType<typeof useKept>;

const REFUSED = ["unsaved.refused"];

/** All forms, where what was kept of them cannot be read. */
const ALL = "*";

/** Tells the window what keeps the program from keeping what is typed into a form; null where nothing does. */
export const tellNotKept = (client: QueryClient, form: string, refusal: Refusal | null) => {
  // Behind a lock there is nothing to be kept any more.
  if (refusal?.code === "SESSION-LOCKED") return;
  client.setQueryData<Record<string, Refusal>>(REFUSED, (before = {}) => {
    const { [form]: _, ...others } = before;
    return refusal ? { ...others, [form]: refusal } : others;
  });
};

/** Why what is typed is not kept, if it is not. */
export function useNotKept(): Refusal | null {
  const { data } = useQuery<Record<string, Refusal>>({
    queryKey: REFUSED,
    queryFn: () => ({}),
    enabled: false,
  });
  return Object.values(data ?? {})[0] ?? null;
}

/** How it is read; what cannot be read is told above every page, and keeps no form from being filled in anew. */
const reading = (client: QueryClient, host: Host, { open, queryKey }: Kept) => ({
  queryKey,
  // Nobody looks at it between two forms; it must not be cleared away for that.
  gcTime: Number.POSITIVE_INFINITY,
  async queryFn(): Promise<Forms> {
    try {
      const { forms } = await host.call("unsaved.read", {});
      return Object.fromEntries(forms.map(({ form, typed }) => [form, typed]));
    } catch (thrown) {
      tellNotKept(client, ALL, refusalOf(thrown));
      return {};
    }
  },
  ...(open ? {} : { initialData: {} as Forms }),
});

/** Forgets it where another database stands under the same name, as after a restore. */
export const forgetForms = (client: QueryClient) => client.removeQueries({ queryKey: ["unsaved.read"] });

/** Reads it as soon as a database is open. */
export function useUnsavedAhead() {
  const client = useQueryClient();
  const host = useHost();
  const { open, queryKey } = useKept();
  const key = JSON.stringify(queryKey);
  useEffect(() => {
    if (open) void client.prefetchQuery(reading(client, host, { open, queryKey: JSON.parse(key) }));
  }, [client, host, open, key]);
}

/** What was typed into forms, and the way to change it: in the memory at once, and where there is a database in it as well. */
export function useForms() {
  const client = useQueryClient();
  const host = useHost();
  const kept = useKept();
  const { open, queryKey } = kept;
  // Whoever changes it knows what stands there.
  const { data } = useSuspenseQuery({ ...reading(client, host, kept), notifyOnChangeProps: [] });
  return {
    found: data,
    /** What stands there from now on; null where nothing does. */
    put: (form: string, typed: string | null) =>
      client.setQueryData<Forms>(queryKey, (before = {}) => {
        const { [form]: _, ...others } = before;
        return typed === null ? others : { ...others, [form]: typed };
      }),
    /** The same in the database. */
    store: async (form: string, typed: string | null) => {
      if (!open) return;
      if (typed === null) await host.call("unsaved.drop", { form });
      else await host.call("unsaved.keep", { form, typed });
    },
    tell: (form: string, refusal: Refusal | null) => tellNotKept(client, form, refusal),
  };
}
