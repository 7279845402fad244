// What is typed and not saved yet, wherever it is on the screen. Whoever ends the session has it saved first: the lock waits
// for it, and it is not left to a pause when somebody turns to what closes the window.

import { useEffect } from "react";

type Flush = () => Promise<void>;

const flushes = new Set<Flush>();

/** What pages that were left had saved as they went, while it is under way. */
const left = new Set<Promise<void>>();

/** How long a lock waits for what is being saved: whoever locks leaves the desk. */
const MOST = 2000;

/** Saves everything that is pending, and says when that has come to an end. */
export async function flushPending(): Promise<void> {
  // A day that is still being typed counts once its field is left.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const saved = Promise.allSettled([...left, ...[...flushes].map((flush) => flush())]);
  await Promise.race([saved, new Promise((over) => setTimeout(over, MOST))]);
}

/** The page goes; the window is left by the pointer or for another one, where its button and its keys to close it are. */
const LEAVES: [Window | Document | HTMLElement, string][] = [
  [window, "beforeunload"],
  [window, "pagehide"],
  [window, "blur"],
  [document, "visibilitychange"],
  [document.documentElement, "pointerleave"],
];

/** Has `flush` run before a lock, whenever the window may be about to close, and when the page is left. */
export function usePending(flush: Flush) {
  useEffect(() => {
    const leave = () => void flush();
    flushes.add(flush);
    for (const [on, name] of LEAVES) on.addEventListener(name, leave);
    return () => {
      flushes.delete(flush);
      for (const [on, name] of LEAVES) on.removeEventListener(name, leave);
      const last = flush();
      left.add(last);
      void last.finally(() => left.delete(last));
    };
  }, [flush]);
}
