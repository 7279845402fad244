import { useEffect, useRef } from "react";
import type { SessionStatus } from "../gen/wire";
import { present } from "../parts/clock";

/** Signs of a person. */
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

/** Signs of a window that may have been left for long. A program moves the focus too, so they keep nothing open. */
const RETURNS = ["focus", "visibilitychange"];

/** How often it is looked whether the minutes are over. */
const LOOK = 1000;

/**
 * Locks after the minutes without input that the settings name, whatever has the focus and whatever is typed. Timers
 * stand still while the computer sleeps, so the clock on the wall is asked, before a sign counts as one.
 */
export function useIdleLock({ database, settings }: SessionStatus, lock: () => void) {
  const latest = useRef(lock);
  useEffect(() => {
    latest.current = lock;
  });
  const minutes = database === "open" ? settings.idle_minutes : 0;
  useEffect(() => {
    if (minutes === 0) return;
    let since = present();
    const look = () => {
      // A clock that was set back makes nobody wait longer than once more.
      since = Math.min(since, present());
      if (present() - since < minutes * 60_000) return;
      since = present();
      latest.current();
    };
    const sign = () => {
      look();
      since = present();
    };
    const timer = setInterval(look, LOOK);
    for (const name of SIGNS) window.addEventListener(name, sign, { capture: true, passive: true });
    for (const name of RETURNS) window.addEventListener(name, look, { capture: true });
    return () => {
      clearInterval(timer);
      for (const name of SIGNS) window.removeEventListener(name, sign, { capture: true });
      for (const name of RETURNS) window.removeEventListener(name, look, { capture: true });
    };
  }, [minutes]);
}
