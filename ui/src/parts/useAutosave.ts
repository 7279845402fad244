import { useCallback, useEffect, useRef, useState } from "react";
import type { Refusal } from "../gen/wire";
import { refusalOf } from "../host/types";
import { usePending } from "./pending";
import { useShortcut } from "./shortcuts";

export type Saving =
  | { state: "saved" }
  | { state: "waiting" }
  | { state: "saving" }
  | { state: "refused"; refusal: Refusal };

/** Long enough to take a burst of keys together, short enough that nobody loses a word. */
const PAUSE = 350;

/**
 * Keeps what is typed: `change(value)` with every keystroke, and it is saved after a short pause, when the page is left,
 * and with Ctrl+S, and at once before a lock and when the window may close. What came in while a save was under way is saved after it, in order.
 */
export function useAutosave<T>(save: (value: T) => Promise<unknown>) {
  const [saving, setSaving] = useState<Saving>({ state: "saved" });
  const waiting = useRef<{ value: T } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void> | null>(null);
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });

  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    if (running.current) return running.current;
    if (!waiting.current) return Promise.resolve();
    const work = async () => {
      while (waiting.current) {
        const next = waiting.current;
        waiting.current = null;
        setSaving({ state: "saving" });
        try {
          await latest.current(next.value);
        } catch (thrown) {
          // What could not be saved waits for the next try, unless something newer was typed meanwhile.
          waiting.current ??= next;
          setSaving({ state: "refused", refusal: refusalOf(thrown) });
          return;
        }
      }
      setSaving({ state: "saved" });
    };
    running.current = work().finally(() => {
      running.current = null;
    });
    return running.current;
  }, []);

  const change = useCallback(
    (value: T) => {
      waiting.current = { value };
      setSaving({ state: "waiting" });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE);
    },
    [flush],
  );

  useShortcut("Ctrl+S", "shortcut-save", () => void flush());
  usePending(flush);
  useEffect(() => () => void flush(), [flush]);
  return { saving, change, flush };
}
