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
  const { begin, go } = useRoute();
  const { profile, opened } = useSession().status;
  const shown = useRef(opened);
  const afterTheKey = useAfterTheKey();
  // What listens goes on listening when the database opens: an event in between would be heard by nobody.
  const role = useRef(profile?.role);
  useEffect(() => {
    role.current = profile?.role;
  });
  useEffect(
    () =>
      host.onDrop({
        over: () => setOver(true),
        left: () => setOver(false),
        dropped(paths) {
          setOver(false);
          const route = routeOf(paths, role.current);
          if (route) afterTheKey(() => !dropTarget?.(paths) && begin(route));
        },
      }),
    [host, begin, afterTheKey],
  );
  useEffect(() => {
    const open = (paths: string[], step: typeof go) => {
      const route = routeOf(paths, role.current);
      if (route) afterTheKey(() => step(route));
    };
    const take = async () => {
      const { files } = await host.call("session.listening", {});
      // The first page is of the first of them already; what was opened after it comes after it.
      const first = shown.current.length > 0 ? 1 : 0;
      for (const [place, paths] of files.entries()) if (place >= first) open(paths, place > 0 ? go : begin);
    };
    return host.on(
      (event) => event.event === "opened" && open(event.paths, begin),
      () => void take(),
    );
  }, [host, begin, go, afterTheKey]);
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
