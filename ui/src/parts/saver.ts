import type { Refusal } from "../gen/wire";
import { refusalOf } from "../host/types";

export type Saving =
  | { state: "saved" }
  | { state: "waiting" }
  | { state: "saving" }
  | { state: "refused"; refusal: Refusal };

/** Long enough to take a burst of keys together, short enough that nobody loses a word. */
const PAUSE = 350;

export interface Saver<T> {
  /** What is to be saved after a short pause, in the place of what waits. */
  change(value: T): void;
  /** Saves at once what waits. */
  flush(): Promise<void>;
}

/** Saves what changes, one value after the other; what came in while a save was under way is saved after it. */
export function newSaver<T>(save: (value: T) => Promise<unknown>, tell: (saving: Saving) => void): Saver<T> {
  let waiting: { value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  const work = async () => {
    while (waiting) {
      const next: { value: T } = waiting;
      waiting = null;
      tell({ state: "saving" });
      try {
        await save(next.value);
      } catch (thrown) {
        // What could not be saved waits for the next try, unless something newer was typed meanwhile.
        waiting ??= next;
        tell({ state: "refused", refusal: refusalOf(thrown) });
        return;
      }
    }
    tell({ state: "saved" });
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    if (running) return running;
    if (!waiting) return Promise.resolve();
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  return {
    change(value) {
      waiting = { value };
      tell({ state: "waiting" });
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), PAUSE);
    },
    flush,
  };
}
