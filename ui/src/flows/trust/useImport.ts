import { useState } from "react";
import { useAct } from "../../rpc";

/** Imports trust data; for the very first ones, `asking` holds what the person has to confirm before. */
export function useImport() {
  const act = useAct("trust.import");
  const [asking, setAsking] = useState<{ path: string; root: string } | null>(null);
  const begin = (path: string) =>
    act.mutate(
      { path, confirmed_root: null },
      { onSuccess: ({ confirm_root }) => confirm_root && setAsking({ path, root: confirm_root }) },
    );
  const confirm = () => {
    if (asking)
      act.mutate({ path: asking.path, confirmed_root: asking.root }, { onSettled: () => setAsking(null) });
  };
  /** What was imported; nothing while it only waits for the confirmation. */
  const done = act.data && act.data.confirm_root === null ? act.data : null;
  return {
    begin,
    asking,
    confirm,
    close: () => setAsking(null),
    busy: act.isPending,
    error: act.error,
    done,
  };
}
