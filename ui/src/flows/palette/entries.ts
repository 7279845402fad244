// What the palette offers: pages by the menu, and things by what the program found.

import type { Hit, HitKind, SessionStatus } from "../../gen/wire";
import type { Route } from "../../route";
import { MENU, OPENS } from "..";
import { PINYIN } from "./pinyin";

export interface Entry {
  id: string;
  group: "pages" | HitKind;
  title: string;
  detail: string;
  route: Route;
}

/** Whether letters begin at one of the syllables and go on as they do, whole or by their initials. */
export function spells(pinyin: string, letters: string): boolean {
  const syllables = pinyin.split(" ");
  const initials = syllables.map(([first]) => first).join("");
  return (
    letters !== "" &&
    (initials.includes(letters) ||
      syllables.some((_, place) => syllables.slice(place).join("").startsWith(letters)))
  );
}

/** The pages that the menu shows now, as far as their names fit what was typed: by its words, pinyin or initials. */
export function pagesOf(status: SessionStatus, t: (key: string) => string, typed: string): Entry[] {
  const wanted = typed.trim().toLowerCase();
  const letters = wanted.replace(/[\s']/g, "");
  const open = status.database === "open";
  return MENU.filter((entry) => (open ? !entry.role || entry.role === status.profile?.role : entry.always))
    .map(({ label, route }) => ({ id: label, group: "pages" as const, title: t(label), detail: "", route }))
    .filter(({ id, title }) => title.toLowerCase().includes(wanted) || spells(PINYIN[id] ?? "", letters));
}

/** What the program found, as far as there is a page that opens it. */
export function hitsOf(hits: Hit[]): Entry[] {
  return hits.flatMap(({ kind, id, title, detail }) => {
    const route = OPENS[kind]?.(id);
    return route ? [{ id: `${kind}-${id}`, group: kind, title, detail, route }] : [];
  });
}
