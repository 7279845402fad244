// The Chinese catalogue: what the first screen shows, and the rest with whatever is read later.

import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Language } from "../gen/wire";

type Files = Record<string, string>;

/** As the page and its readers name a language. */
export const TAGS: Record<Language, string> = { zh: "zh-CN", en: "en" };

const add = (bundle: FluentBundle, files: Files) => {
  for (const file of Object.values(files)) bundle.addResource(new FluentResource(file));
};

export function bundle(language: Language, files: Files): FluentBundle {
  // No marks around what is filled in: they would be copied along. `visible` takes care of hostile directions.
  const made = new FluentBundle(TAGS[language], { useIsolating: false });
  add(made, files);
  return made;
}

const FIRST: Files = import.meta.glob("./zh-CN/{menu,parts,shell,start,verify}.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Chinese as far as it is read: what the first screen shows, everything once `restOfChinese` was. */
export const CHINESE = bundle("zh", FIRST);

let rest: Promise<void> | undefined;

/** Reads what the first screen does not show; once. */
export function restOfChinese(): Promise<void> {
  rest ??= import("./zh").then(({ ZH }) => add(CHINESE, ZH));
  return rest;
}
