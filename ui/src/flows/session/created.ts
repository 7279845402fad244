// The recovery key between its making and its being written down. Making the database turns every page around, so the
// key is kept like an answer and shown above all pages; idle locking does not take it away, since nobody can show it twice.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CreateSession } from "../../gen/wire";
import type { Refused } from "../../host/types";
import { refresh, useHost } from "../../rpc";

const SHOWN = ["session.created"];

/** Makes a database. Its recovery key goes to `useRecoveryKey` and nowhere else. */
export function useCreate() {
  const host = useHost();
  const client = useQueryClient();
  return useMutation<void, Refused, CreateSession>({
    mutationKey: ["session.create"],
    // The passphrase in the request leaves the memory with the form.
    gcTime: 0,
    async mutationFn(request) {
      const { recovery_key } = await host.call("session.create", request);
      client.setQueryData(SHOWN, recovery_key);
    },
    onSuccess: () => refresh(client, ["session"]),
  });
}

/** The recovery key while it waits to be written down; `done` forgets it for good. */
export function useRecoveryKey(): { key: string | null; done: () => void } {
  const client = useQueryClient();
  const { data } = useQuery<string | null>({ queryKey: SHOWN, queryFn: () => null, enabled: false });
  return { key: data ?? null, done: () => client.setQueryData(SHOWN, null) };
}
