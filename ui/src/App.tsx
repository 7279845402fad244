import { Button, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useState } from "react";
import { VerifyScreen } from "./flows/verify/VerifyScreen";
import type { Host } from "./host";
import { type Language, LanguageContext, message } from "./text";

const THEME = {
  token: {
    motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    colorPrimary: "#0b5cad",
    colorLink: "#0b5cad",
    borderRadius: 8,
    fontSize: 15,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "Noto Sans", sans-serif',
  },
};

export function App({ host }: { host: Host }) {
  const [language, setLanguage] = useState<Language>("zh");
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  const other = language === "zh" ? "en" : "zh";
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      theme={THEME}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <LanguageContext value={language}>
        <header className="top">
          <strong className="product">{message(language, "product")}</strong>
          <span className="purpose">{message(language, "purpose")}</span>
          <Button type="text" lang={other} onClick={() => setLanguage(other)}>
            {message(language, "otherLanguage")}
          </Button>
        </header>
        <main>
          <VerifyScreen host={host} />
        </main>
      </LanguageContext>
    </ConfigProvider>
  );
}
