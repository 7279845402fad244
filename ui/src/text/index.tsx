// Every word that a person reads. Chinese is the source; one file per flow. Data that come with both languages
// (`Sentence`) are not in these files: `say` picks the side that the reader wants.

import type { FluentVariable } from "@fluent/bundle";
import { LocalizationProvider, ReactLocalization, useLocalization } from "@fluent/react";
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import type { Language, ReportText, Sentence } from "../gen/wire";
import { once } from "../later";
import { bundle, CHINESE, TAGS } from "./chinese";

const english = once(() => import("./en").then(({ EN }) => bundle("en", EN)));

const LanguageContext = createContext<Language>("zh");

/** Texts in one language around it. Whoever shows it puts a `Suspense` around it: the English ones are read later. */
export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const texts = language === "zh" ? CHINESE : english();
  const l10n = useMemo(() => new ReactLocalization([texts]), [texts]);
  useEffect(() => {
    document.documentElement.lang = TAGS[language];
  }, [language]);
  return (
    <LanguageContext value={language}>
      <LocalizationProvider l10n={l10n}>{children}</LocalizationProvider>
    </LanguageContext>
  );
}

export type Values = Record<string, FluentVariable>;

// As `zizhi_model::text::hides`, but for the breaks of a text of several lines.
const HIDDEN =
  /(?![\t\n]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}])[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Text of others as it may be shown: what would be invisible or turn the line around becomes a visible mark. */
export const visible = (text: string): string => text.replace(HIDDEN, "\ufffd");

/** The side of a two-language text that the reader wants; Chinese where nobody translated it. */
export const sideOf = (language: Language, text: Sentence | ReportText): string =>
  visible((language === "en" && text.en) || text.zh);

export interface Speech {
  language: Language;
  /** A message of the catalogues. */
  t(key: string, values?: Values): string;
  /** A text that comes with both languages. */
  say(text: Sentence | ReportText): string;
}

export function useText(): Speech {
  const language = useContext(LanguageContext);
  const { l10n } = useLocalization();
  return useMemo(
    () => ({
      language,
      t(key, values) {
        const text = l10n.getString(key, values ?? null, "");
        if (text === "" && import.meta.env.MODE === "test") throw new Error(`no message ${key}`);
        return text || key;
      },
      say: (text) => sideOf(language, text),
    }),
    [language, l10n],
  );
}
