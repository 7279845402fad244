/** The endings of a dossier, plain and sealed: dialogs let these through, and a path that ends so is one. */
export const DOSSIER_ENDINGS = ["zzdossier", "zzdossier.age"];

const ENDING = /\.zzdossier(\.age)?$/i;

/** Whether a path is a dossier's. */
export const isDossier = (path: string): boolean => ENDING.test(path);

/** Whether a path is a credential's. */
export const isCredential = (path: string): boolean => /\.zzcred$/i.test(path);

/** Whether a path is a request's. */
export const isRequest = (path: string): boolean => /\.zzrequest$/i.test(path);

/** Whether a path is a decision's. */
export const isDecision = (path: string): boolean => /\.zzdecision$/i.test(path);

/** Whether a path is a package of trust data. */
export const isTrust = (path: string): boolean => /\.zztrust$/i.test(path);

/** Whether a path is a backup's. */
export const isBackup = (path: string): boolean => /\.zzbackup$/i.test(path);

/** Whether a path is a picture's that may show a printed page. */
export const isPicture = (path: string): boolean => /\.(png|jpe?g)$/i.test(path);

/** A file's name without the folders that it lies in. */
export const baseName = (path: string): string => path.split(/[\\/]/).pop() ?? path;

/** Whether a path may be a folder's: its last part has no ending. */
export const maybeFolder = (path: string): boolean => !baseName(path).includes(".");

/** A dossier's name without its ending. */
export const withoutEnding = (name: string): string => name.replace(ENDING, "");
