import { isDossier } from "../../parts/kinds";
import type { Route } from "../../route";

/** Where dropped or double-clicked paths lead: a dossier to its verdict, what has no ending to a folder's. */
export function routeOf(paths: string[]): Route | null {
  const first = paths.find(isDossier) ?? paths[0];
  if (!first) return null;
  if (/\.zztrust$/i.test(first)) return { page: "trust", from: first };
  const name = first.split(/[\\/]/).pop() ?? "";
  if (!name.includes(".")) return { page: "batch", path: first };
  return { page: "verify", path: first, others: paths.length - 1 };
}
