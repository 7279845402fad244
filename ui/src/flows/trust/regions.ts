import { useMemo } from "react";
import { useAsk } from "../../rpc";

/** What a region's code is called; the code itself where this program has no name for it. */
export function useRegionName(): (code: string) => string {
  const { data } = useAsk("session.regions", {});
  return useMemo(() => {
    const names = new Map((data?.regions ?? []).map(({ code, name }) => [code, name]));
    return (code) => names.get(code) ?? code;
  }, [data]);
}
