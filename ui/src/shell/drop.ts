// Files that come from outside the window: dropped on it, double-clicked, or named by a second start.

import { useCallback, useEffect, useRef, useState } from "react";
import { useRecoveryKey } from "../flows/session/created";
import { routeOf } from "../flows/verify/dropped";
import { useRoute } from "../route";
import { useHost } from "../rpc";
import { useSession } from "../session";

/** Does something now, or once the recovery key was written down: what it opens would lie over the key. */
function useAfterTheKey() {
  const { key } = useRecoveryKey();
  const shown = useRef(false);
  const waiting = useRef<(() => void) | null>(null);
  useEffect(() => {
    shown.current = key !== null;
    if (shown.current) return;
    waiting.current?.();
    waiting.current = null;
  }, [key]);
  // As without the dialog, of several the last one is what the person wants to see.
  return useCallback((run: () => void) => {
    if (shown.current) waiting.current = run;
    else run();
  }, []);
}

/**
 * A dossier dropped anywhere is verified, and so is one that was double-clicked. A page that takes other files says so
 * with `useDropTarget`. Tells whether files are held over the window.
 */
export function useArrivals(): boolean {
  const host = useHost();
  const [over, setOver] = useState(false);
  const { begin } = useRoute();
  const role = useSession().status.profile?.role;
  const afterTheKey = useAfterTheKey();
  useEffect(
    () =>
      host.onDrop({
        over: () => setOver(true),
        left: () => setOver(false),
        dropped(paths) {
          setOver(false);
          const route = routeOf(paths, role);
          if (route) afterTheKey(() => !dropTarget?.(paths) && begin(route));
        },
      }),
    [host, begin, afterTheKey, role],
  );
  useEffect(
    () =>
      host.on((event) => {
        const route = event.event === "opened" ? routeOf(event.paths, role) : null;
        if (route) afterTheKey(() => begin(route));
      }),
    [host, begin, afterTheKey, role],
  );
  return over;
}

let dropTarget: ((paths: string[]) => boolean) | null = null;

/** Takes dropped files while the page is on the screen; the function says whether it took them. */
export function useDropTarget(take: (paths: string[]) => boolean) {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const own = (paths: string[]) => latest.current(paths);
    dropTarget = own;
    return () => {
      if (dropTarget === own) dropTarget = null;
    };
  }, []);
}
