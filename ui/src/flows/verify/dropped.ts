import type { Role } from "../../gen/wire";
import {
  isBackup,
  isCredential,
  isDecision,
  isDossier,
  isPicture,
  isRequest,
  isTrust,
  maybeFolder,
} from "../../parts/kinds";
import type { Route } from "../../route";

/**
 * Where dropped or double-clicked paths lead: a dossier to its verdict, what has no ending to a folder's, a backup to its
 * restoring, and what a firm keeps to its place.
 * At an incubator's desk a picture is one of a printed page, whose code leads to its case; what a firm keeps is only
 * looked at there, and the verification says what it is.
 */
export function routeOf(paths: string[], role?: Role): Route | null {
  const first = paths.find(isDossier) ?? paths[0];
  if (!first) return null;
  if (isTrust(first)) return { page: "trust", from: first };
  if (isBackup(first)) return { page: "restore", path: first };
  if (role === "incubator") {
    if (isPicture(first)) return { page: "cases", picture: first };
  } else {
    if (isCredential(first)) return { page: "held", from: paths.filter(isCredential) };
    if (isRequest(first) || isDecision(first)) return { page: "requests", from: first };
  }
  if (maybeFolder(first)) return { page: "batch", path: first };
  return { page: "verify", path: first, others: paths.length - 1 };
}
