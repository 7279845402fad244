// Everything the interface may ask of the program that shows it. Nothing outside this folder knows which program
// that is, so the same interface can be shown by another one, and by none at all in tests.

import type { Commands, Event, Refusal, SessionStatus } from "../gen/wire";

/** The word of a command. */
export type Word = keyof Commands;
/** What a command takes. */
export type Asked<W extends Word> = Commands[W]["request"];
/** What a command gives. */
export type Answered<W extends Word> = Commands[W]["response"];

/** A kind of file for a dialog: what it is called, and its endings without the dot. */
export interface FileKind {
  name: string;
  extensions: string[];
}

/** What happens while files are dragged over the window. */
export interface DropListener {
  over(): void;
  left(): void;
  dropped(paths: string[]): void;
}

/** The program behind the window. Every promise of `call` that fails, fails with `Refused`. */
export interface Host {
  /** How the session stood when the window was made, handed over with the page; the first page need not ask for it. */
  readonly begun?: SessionStatus;
  call<W extends Word>(word: W, request: Asked<W>): Promise<Answered<W>>;
  /** Returns the function that stops listening, as `onDrop` does. `listening` is called once events are heard. */
  on(listener: (event: Event) => void, listening?: () => void): () => void;
  onDrop(listener: DropListener): () => void;
  /** The dialogs resolve to null, or to no paths, when the person closes them. */
  chooseFile(title: string, kinds: FileKind[]): Promise<string | null>;
  chooseFiles(title: string, kinds: FileKind[]): Promise<string[]>;
  chooseFolder(title: string): Promise<string | null>;
  saveAs(title: string, suggested: string, kind: FileKind): Promise<string | null>;
  copy(text: string): Promise<void>;
  /** Copies a secret, with the word to the clipboard's history not to keep it; gives whether that could be said. */
  copySecret(text: string): Promise<boolean>;
  /** Takes a copied secret out of the clipboard again. */
  clearSecret(text: string): Promise<void>;
}

/** A command that could not do its work. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = "Refused";
    this.refusal = refusal;
  }
}

const isRefusal = (thrown: unknown): thrown is Refusal =>
  typeof thrown === "object" && thrown !== null && "code" in thrown && "fact" in thrown && "advice" in thrown;

/** What was thrown, as a refusal: whatever is not one by the program itself is a fault in between. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refused) return thrown.refusal;
  if (isRefusal(thrown)) return thrown;
  return {
    code: "WINDOW-FAULT",
    fact: {
      zh: "程序没有给出回答，操作没有完成。",
      en: "The program gave no answer; the operation was not completed.",
    },
    advice: {
      zh: "请重新打开窗口再试；如仍出现，请复制诊断信息告诉开发者。",
      en: "Open the window again and retry; if it stays, copy the diagnostics for the developers.",
    },
    cause: thrown instanceof Error ? thrown.message : String(thrown),
  };
}
