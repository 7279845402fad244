import {
  LockOutlined,
  MoonOutlined,
  SunOutlined,
  TranslationOutlined,
  UnlockOutlined,
} from "@ant-design/icons";
import { Button } from "antd";
import { Suspense } from "react";
import type { Settings } from "../gen/wire";
import { later } from "../later";
import { useLook } from "../parts/Look";
import { RefusalAlert } from "../parts/refusal";
import { Data } from "../parts/values";
import { useRoute } from "../route";
import { useAct } from "../rpc";
import { useSession } from "../session";
import { useText } from "../text";

const SyncBadge = later(() => import("../flows/sync/SyncBadge").then(({ SyncBadge }) => SyncBadge));

/** Whose desk it is; language, look, lock. */
export function Header({ onLock }: { onLock: () => void }) {
  const { status } = useSession();
  const { t, language } = useText();
  const { dark } = useLook();
  const { route, go } = useRoute();
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
        <Suspense>
          <SyncBadge />
        </Suspense>
        <Button
          type="text"
          icon={<TranslationOutlined aria-hidden />}
          lang={language === "zh" ? "en" : "zh-CN"}
          onClick={() => set({ language: language === "zh" ? "en" : "zh" })}
        >
          {t("other-language")}
        </Button>
        <Button
          type="text"
          icon={dark ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
          title={t(dark ? "look-light" : "look-dark")}
          aria-label={t(dark ? "look-light" : "look-dark")}
          onClick={() => set({ theme: dark ? "light" : "dark" })}
        />
        {status.database === "open" ? (
          <Button type="text" icon={<UnlockOutlined aria-hidden />} title={t("lock-now")} onClick={onLock}>
            {t("lock")}
          </Button>
        ) : (
          status.database === "locked" && (
            <>
              <span className="locked">
                <LockOutlined aria-hidden /> {t("locked")}
              </span>
              <Button type="text" disabled={route.page === "unlock"} onClick={() => go({ page: "unlock" })}>
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
