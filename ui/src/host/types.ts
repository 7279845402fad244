// Everything the interface may ask of the program that shows it. Nothing outside this folder knows which program
// that is, so the same interface can later be shown by another one.

import type { Report, Sentence } from "../flows/verify/report";

/** The files that the program was started with, as a double-click names them. */
export interface Opened {
  dossier: string | null;
  trust: string | null;
}

/** Why there is no report: what happened, what to do, and a code to search for. */
export interface Refusal {
  code: string;
  fact: Sentence;
  advice: Sentence;
}

export type Answer = { report: Report } | { refusal: Refusal };

/** What happens while files are dragged over the window. */
export interface DropListener {
  over(): void;
  left(): void;
  dropped(paths: string[]): void;
}

export interface Host {
  verifyFile(dossier: string, trust: string): Promise<Answer>;
  openedFiles(): Promise<Opened>;
  /** Resolves to null when the person closes the dialog. */
  chooseDossier(title: string): Promise<string | null>;
  chooseTrustPackage(title: string): Promise<string | null>;
  chooseTrustFolder(title: string): Promise<string | null>;
  /** Returns the function that stops listening. */
  onDrop(listener: DropListener): () => void;
}
