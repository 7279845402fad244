// A program that is not there: answers commands from data of the demo, remembers what it was asked, and lets a test
// play its events, its dialogs and its drops. For tests and for looking at the interface without the window.

import type { Event, Refusal } from "../gen/wire";
import {
  type Answered,
  type Asked,
  type DropListener,
  type Host,
  Refused,
  refusalOf,
  type Word,
} from "../host/types";
import { answers as about } from "./data/about";
import { answers as cases } from "./data/cases";
import { answers as firm } from "./data/firm";
import { answers as home } from "./data/home";
import { answers as issuing } from "./data/issue";
import { answers as register } from "./data/register";
import { answers as session } from "./data/session";
import { answers as sync } from "./data/sync";
import { answers as trust } from "./data/trust";
import { answers as upkeep } from "./data/upkeep";
import { answers as verifying } from "./data/verify";
import { answers as vouchers } from "./data/vouchers";

/** An answer, or how it is made of the request; throw `refused(…)` to refuse. */
export type Answers = { [W in Word]?: (request: Asked<W>) => Answered<W> | Promise<Answered<W>> };

/** All answers of the demo; one line for each file of `data`. Made anew each time, because some of them change. */
const demo = (): Answers => ({
  ...home(),
  ...trust(),
  ...sync(),
  ...vouchers(),
  ...upkeep(),
  ...about(),
  ...session(),
  ...verifying(),
  ...cases(),
  ...register(),
  ...issuing(),
  ...firm(),
});

export const refusal = (code: string, zh: string, en = "A sentence."): Refusal => ({
  code,
  fact: { zh, en },
  advice: { zh: `${zh}时怎么办`, en: "What to do then." },
  cause: `cause of ${code}`,
});

export interface FakeHost extends Host {
  /** Every call so far. */
  calls: { word: Word; request: unknown }[];
  /** The requests that a word got. */
  asked<W extends Word>(word: W): Asked<W>[];
  /** What the next dialogs give, in order; without one, the person closes it. */
  choices: (string | string[] | null)[];
  /** The endings that the dialogs for one file let through, in order. */
  endings: string[][];
  /** What was copied; nothing where a secret was cleared away. */
  copied: string[];
  /** Whether the clipboard's history can be told not to keep a secret. */
  forNoHistory: boolean;
  emit(event: Event): void;
  drop: DropListener;
}

export function fakeHost(own: Answers = {}): FakeHost {
  const answers: Answers = { ...demo(), ...own };
  const listeners = new Set<(event: Event) => void>();
  const drops = new Set<DropListener>();
  const calls: FakeHost["calls"] = [];
  const choices: FakeHost["choices"] = [];
  const copied: string[] = [];
  const endings: FakeHost["endings"] = [];
  const choose = async () => {
    const next = choices.shift() ?? null;
    return Array.isArray(next) ? (next[0] ?? null) : next;
  };
  const host: FakeHost = {
    calls,
    choices,
    endings,
    copied,
    async call<W extends Word>(word: W, request: Asked<W>) {
      calls.push({ word, request });
      const answer = answers[word] as ((request: Asked<W>) => Answered<W> | Promise<Answered<W>>) | undefined;
      if (!answer) throw new Refused(refusal("FAKE-NONE", `样例中没有 ${word} 的回答`));
      // As over the real wire: what comes back is a copy, and comes later.
      try {
        return structuredClone(await answer(structuredClone(request)));
      } catch (thrown) {
        throw new Refused(refusalOf(thrown));
      }
    },
    asked: <W extends Word>(word: W) =>
      calls.filter((call) => call.word === word).map((call) => call.request as Asked<W>),
    on(listener, listening) {
      listeners.add(listener);
      if (listening) queueMicrotask(listening);
      return () => listeners.delete(listener);
    },
    onDrop(listener) {
      drops.add(listener);
      return () => drops.delete(listener);
    },
    chooseFile(_, kinds) {
      endings.push(kinds.flatMap(({ extensions }) => extensions));
      return choose();
    },
    chooseFolder: choose,
    saveAs: choose,
    async chooseFiles() {
      const next = choices.shift() ?? [];
      return Array.isArray(next) ? next : [next];
    },
    forNoHistory: true,
    async copy(text) {
      copied.push(text);
    },
    async copySecret(text) {
      copied.push(text);
      return host.forNoHistory;
    },
    async clearSecret() {
      copied.push("");
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    drop: {
      over: () => drops.forEach((listener) => void listener.over()),
      left: () => drops.forEach((listener) => void listener.left()),
      dropped: (paths) => drops.forEach((listener) => void listener.dropped(paths)),
    },
  };
  return host;
}

/** Refuses, as the program does. */
export function refused(code: string, zh: string): never {
  throw new Refused(refusal(code, zh));
}
