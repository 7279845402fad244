import { ConfigProvider, type ConfigProviderProps } from "antd";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import {
  createContext,
  type ReactNode,
  useContext,
  useInsertionEffect,
  useMemo,
  useSyncExternalStore,
} from "react";
import type { Settings } from "../gen/wire";
import { antTheme, type Look, variables } from "./theme";

/** Whether the system wants something, kept up to date. */
function useMedia(query: string): boolean {
  const media = useMemo(() => window.matchMedia(query), [query]);
  return useSyncExternalStore(
    (changed) => {
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => media.matches,
  );
}

type Words = NonNullable<ConfigProviderProps["locale"]>;

/** Ant Design's words without the names that stand before a calendar's year and month: what is read there is heard. */
const heard = ({ DatePicker, ...words }: Words): Words =>
  DatePicker
    ? {
        ...words,
        DatePicker: { ...DatePicker, lang: { ...DatePicker.lang, yearSelect: "", monthSelect: "" } },
      }
    : words;

const WORDS = { zh: heard(zhCN), en: heard(enUS) };

const LookContext = createContext<Look>({ dark: false, large: false, still: true });

export const useLook = () => useContext(LookContext);

/** Colours, sizes and the words of Ant Design, by the settings and the system. */
export function LookProvider({ settings, children }: { settings: Settings; children: ReactNode }) {
  const systemDark = useMedia("(prefers-color-scheme: dark)");
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const dark = settings.theme === "dark" || (settings.theme === "system" && systemDark);
  const look = useMemo<Look>(
    () => ({ dark, large: settings.large_text, still }),
    [dark, settings.large_text, still],
  );
  // Before anything within measures itself, or the whole page is laid out twice.
  useInsertionEffect(() => {
    const root = document.documentElement;
    root.dataset.look = look.dark ? "dark" : "light";
    root.style.colorScheme = look.dark ? "dark" : "light";
    for (const [name, value] of Object.entries(variables(look))) root.style.setProperty(name, value);
  }, [look]);
  return (
    <LookContext value={look}>
      <ConfigProvider
        locale={WORDS[settings.language]}
        theme={antTheme(look)}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
      >
        {children}
      </ConfigProvider>
    </LookContext>
  );
}
