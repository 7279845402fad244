import {
  LockOutlined,
  MoonOutlined,
  SunOutlined,
  TranslationOutlined,
  UnlockOutlined,
} from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import type { Settings } from "../gen/wire";
import { useLook } from "../parts/Look";
import { RefusalAlert } from "../parts/refusal";
import { Data } from "../parts/values";
import { useRoute } from "../route";
import { useAct } from "../rpc";
import { useSession } from "../session";
import { useText } from "../text";

/** Whose desk it is; language, look, lock. */
export function Header({ onLock }: { onLock: () => void }) {
  const { status } = useSession();
  const { t, language } = useText();
  const { dark } = useLook();
  const { begin } = useRoute();
  const save = useAct("session.save_settings");
  const set = (change: Partial<Settings>) => save.mutate({ ...status.settings, ...change });
  const { profile } = status;
  return (
    <>
      <header className="shell-header">
        <div className="whose">
          {profile ? (
            <>
              <strong>
                <Data>{profile.name}</Data>
              </strong>
              <span className="quiet">
                {t(`role-${profile.role}`)} · <Data>{profile.region_name}</Data>
              </span>
            </>
          ) : (
            <span className="quiet">{t(status.database === "locked" ? "desk-locked" : "desk-none")}</span>
          )}
        </div>
        <Button
          type="text"
          icon={<TranslationOutlined aria-hidden />}
          lang={language === "zh" ? "en" : "zh-CN"}
          onClick={() => set({ language: language === "zh" ? "en" : "zh" })}
        >
          {t("other-language")}
        </Button>
        <Tooltip title={t(dark ? "look-light" : "look-dark")}>
          <Button
            type="text"
            icon={dark ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
            aria-label={t(dark ? "look-light" : "look-dark")}
            onClick={() => set({ theme: dark ? "light" : "dark" })}
          />
        </Tooltip>
        {status.database === "open" ? (
          <Tooltip title={t("lock-now")}>
            <Button type="text" icon={<UnlockOutlined aria-hidden />} onClick={onLock}>
              {t("lock")}
            </Button>
          </Tooltip>
        ) : (
          status.database === "locked" && (
            <>
              <span className="locked">
                <LockOutlined aria-hidden /> {t("locked")}
              </span>
              <Button type="text" onClick={() => begin({ page: "home" })}>
                {t("unlock")}
              </Button>
            </>
          )
        )}
      </header>
      {save.error && <RefusalAlert refusal={save.error.refusal} />}
    </>
  );
}
