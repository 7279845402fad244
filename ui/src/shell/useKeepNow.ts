import { useEffect } from "react";
import { flushPending } from "../parts/pending";
import { useHost } from "../rpc";

/** The program closes the window, or locks, behind the answer that what was typed is kept. */
export function useKeepNow() {
  const host = useHost();
  useEffect(
    () =>
      host.on((event) => {
        // Whoever waits goes on without an answer, too.
        if (event.event === "keep_now")
          void flushPending().then(() => host.call("session.kept", {}).catch(() => undefined));
      }),
    [host],
  );
}
