// One register of shortcuts: every flow adds its own while it is on the screen, and the sheet (Ctrl+/) shows what holds
// at this moment. The one that came last wins, so that a dialog can take a key from the page below it.

import { useEffect, useRef, useSyncExternalStore } from "react";

/** The keys that this program uses; on macOS, ⌘ stands for Ctrl. */
export type Keys =
  | "Ctrl+O"
  | "Ctrl+N"
  | "Ctrl+F"
  | "Ctrl+K"
  | "Ctrl+L"
  | "Ctrl+S"
  | "Ctrl+Enter"
  | "F5"
  | "Ctrl+P"
  | "Ctrl+,"
  | "Ctrl+/"
  | "Alt+ArrowLeft"
  | "Escape";

export interface Shortcut {
  keys: Keys;
  /** The key of the message that names what it does. */
  label: string;
}

interface Registered extends Shortcut {
  run: { current: () => void };
}

let registered: readonly Registered[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Registered[]) {
  registered = next;
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** A shortcut while the component is on the screen and `on` holds. */
export function useShortcut(keys: Keys, label: string, run: () => void, on = true) {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!on) return;
    const entry: Registered = { keys, label, run: latest };
    change([...registered, entry]);
    return () => change(registered.filter((other) => other !== entry));
  }, [keys, label, on]);
}

/** The shortcuts that hold now, without those that a later one hides. */
export function useShortcuts(): Shortcut[] {
  const all = useSyncExternalStore(subscribe, () => registered);
  return all.filter((entry, index) => all.findLastIndex((other) => other.keys === entry.keys) === index);
}

function keysOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const control = event.ctrlKey || event.metaKey;
  return `${control ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${key}`;
}

// Left to themselves these would reload the page, print it, or open the webview's own search.
const NEVER_THE_WEBVIEWS = [
  "F5",
  "Ctrl+R",
  "Ctrl+P",
  "Ctrl+F",
  "Ctrl+S",
  "Ctrl+O",
  "Ctrl+N",
  "Ctrl+K",
  "Ctrl+L",
];

function pressed(event: KeyboardEvent) {
  // A key that ends the input of a Chinese word is none of ours.
  if (event.isComposing || event.defaultPrevented) return;
  const keys = keysOf(event);
  const entry = registered.findLast((candidate) => candidate.keys === keys);
  if (entry || NEVER_THE_WEBVIEWS.includes(keys)) event.preventDefault();
  entry?.run.current();
}

/** Does what a key does, as the window's own menu wants it; nothing if it has no meaning now. */
export function press(keys: Keys) {
  registered.findLast((candidate) => candidate.keys === keys)?.run.current();
}

/** Listens for keys; used once, by the shell. */
export function useKeyboard() {
  useEffect(() => {
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}

const MAC = typeof navigator !== "undefined" && /Mac/.test(navigator.userAgent);

/** The keys as they stand on this machine's keyboard. */
export function keyNames(keys: Keys): string[] {
  const names: Record<string, string> = {
    Escape: "Esc",
    ArrowLeft: "←",
    Ctrl: MAC ? "⌘" : "Ctrl",
    Enter: "Enter",
  };
  return keys.split("+").map((name) => names[name] ?? name);
}
