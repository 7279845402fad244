// What things are called that reports and lists know by an id. Where this program has no name, the caller says what
// stands instead; the ids themselves are in the JSON and in the list of all checks.

import { useMemo } from "react";
import { useAsk } from "../rpc";
import { useText } from "../text";

/** What a checklist is called by the rule packs at hand; nothing where none has it. */
export function useChecklistName(): (id: string) => string | null {
  const { say } = useText();
  const { data } = useAsk("trust.page", {});
  return useMemo(() => {
    const all = (data?.packs ?? []).flatMap(({ checklists }) => checklists);
    const names = new Map(all.map(({ id, title }) => [id, say(title)]));
    return (id) => names.get(id) ?? null;
  }, [data, say]);
}

/** What an issuer is called by the register; its code until that is known, and where the register lacks it. */
export function useIssuerName(code: string): string {
  const { data } = useAsk("trust.issuers", { text: code, after: null, limit: 1 });
  return data?.issuers.find(({ uscc }) => uscc === code)?.name ?? code;
}

/** A name as part of a file's name on every system. */
export const fileName = (name: string) => name.replace(/[/\\:*?"<>|]/g, "_");

/** What an action is called once it has begun: its dots said that something is asked first. */
export const begun = (action: string): string => action.replace(/…$/, "");
