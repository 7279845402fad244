import { useEffect, useRef, useState } from "react";
import { usePending } from "./pending";
import { newSaver, type Saving } from "./saver";
import { useShortcut } from "./shortcuts";

/**
 * Keeps what is typed: `change(value)` with every keystroke, and it is saved after a short pause, when the page is left,
 * and with Ctrl+S, and at once before a lock and when the window may close. What came in while a save was under way is saved after it, in order.
 */
export function useAutosave<T>(save: (value: T) => Promise<unknown>) {
  const [saving, setSaving] = useState<Saving>({ state: "saved" });
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  const [{ change, flush }] = useState(() => newSaver<T>((value) => latest.current(value), setSaving));
  useShortcut("Ctrl+S", "shortcut-save", () => void flush());
  usePending(flush);
  return { saving, change, flush };
}
