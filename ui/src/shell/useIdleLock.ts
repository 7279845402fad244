import { useEffect, useRef } from "react";
import type { SessionStatus } from "../gen/wire";

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Locks after the minutes without input that the settings name, whatever has the focus and whatever is typed. */
export function useIdleLock({ database, settings }: SessionStatus, lock: () => void) {
  const latest = useRef(lock);
  useEffect(() => {
    latest.current = lock;
  });
  const minutes = database === "open" ? settings.idle_minutes : 0;
  useEffect(() => {
    if (minutes === 0) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(), minutes * 60_000);
    };
    wait();
    for (const sign of SIGNS) window.addEventListener(sign, wait, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, wait, { capture: true });
    };
  }, [minutes]);
}
