import { useEffect, useState } from "react";
import { useHost } from "../../rpc";
import { useSession } from "../../session";

/** The case that a link named last, until somebody decided about it: the program was started with it, or is told now. */
export function useLinked(): [number: string | null, decided: () => void] {
  const host = useHost();
  const { linked } = useSession().status;
  const [number, setNumber] = useState<string | null>(null);
  useEffect(() => {
    if (linked !== null) setNumber(linked);
  }, [linked]);
  useEffect(() => host.on((event) => event.event === "linked" && setNumber(event.number)), [host]);
  return [number, () => setNumber(null)];
}
