import { useEffect, useRef, useState } from "react";
import { routeOf } from "../flows/verify/dropped";
import { useRoute } from "../route";
import { useHost } from "../rpc";

/** A dossier dropped anywhere is verified. A page that takes other files says so with `useDropTarget`. */
export function useDrop(): boolean {
  const host = useHost();
  const [over, setOver] = useState(false);
  const { begin } = useRoute();
  useEffect(
    () =>
      host.onDrop({
        over: () => setOver(true),
        left: () => setOver(false),
        dropped(paths) {
          setOver(false);
          const route = routeOf(paths);
          if (route && !dropTarget?.(paths)) begin(route);
        },
      }),
    [host, begin],
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
