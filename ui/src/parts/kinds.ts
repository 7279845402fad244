/** The endings of a dossier, plain and sealed: dialogs let these through, and a path that ends so is one. */
export const DOSSIER_ENDINGS = ["zzdossier", "zzdossier.age"];

const ENDING = /\.zzdossier(\.age)?$/i;

/** Whether a path is a dossier's. */
export const isDossier = (path: string): boolean => ENDING.test(path);

/** A dossier's name without its ending. */
export const withoutEnding = (name: string): string => name.replace(ENDING, "");
