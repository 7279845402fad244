import { createContext, useContext } from "react";
import type { Sentence } from "../flows/verify/report";
import { en } from "./en";
import { type Key, zh } from "./zh";

export type Language = "zh" | "en";

const CATALOGUES: Record<Language, Record<Key, string>> = { zh, en };

/** One message of the catalogue, with `{n}` filled in. */
export function message(language: Language, key: Key, n?: number): string {
  const text = CATALOGUES[language][key];
  return n === undefined ? text : text.replace("{n}", String(n));
}

/** The side of a two-language sentence that the reader wants; Chinese where nobody translated it. */
export const said = (language: Language, sentence: Sentence): string =>
  language === "zh" ? sentence.zh : (sentence.en ?? sentence.zh);

/** Minutes are enough for a person; the report itself has the seconds. The time zone is that of the region. */
export function moment(language: Language, instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  const form = { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" } as const;
  return new Intl.DateTimeFormat(locale, form).format(date);
}

export const LanguageContext = createContext<Language>("zh");

/** The message function for the language in force. */
export function useText(): { language: Language; t: (key: Key, n?: number) => string } {
  const language = useContext(LanguageContext);
  return { language, t: (key, n) => message(language, key, n) };
}
