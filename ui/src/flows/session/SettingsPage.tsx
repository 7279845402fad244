import { Button, Radio, Select, Switch } from "antd";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Language, Settings, Theme } from "../../gen/wire";
import { ExportKeys } from "../../parts/ExportKeys";
import { Facts, Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { ChangePassphrase } from "./ChangePassphrase";
import { CorrectName } from "./CorrectName";
import { DrillChoice } from "./DrillChoice";
import { Operator } from "./Operator";
import { Remembered } from "./Remembered";
import { useSettings } from "./useSettings";
import "./session.css";

const THEMES: Theme[] = ["system", "light", "dark"];
const IDLE = [1, 5, 10, 15, 30, 60, 0];

/** 设置. Every change is kept at once; what belongs to the database needs it open. */
export function SettingsPage({ at }: { at?: "backup" }) {
  const { t } = useText();
  const { status } = useSession();
  const { set, error } = useSettings();
  // A refusal stands above the page; here it is only not thrown into the void.
  const change = (part: Partial<Settings>) => void set(part).catch(() => undefined);
  return (
    <div className="page settings">
      <PageHeader title={t("session-settings")} lead={t("session-settings-lead")} />
      {error && <RefusalAlert refusal={error.refusal} />}
      <Look settings={status.settings} change={change} />
      {status.database === "open" ? (
        <>
          <Desk set={set} change={change} />
          <Safety change={change} at={at ?? null} />
        </>
      ) : (
        <Section title={t("session-desk")}>
          <p className="quiet">{t("session-settings-open")}</p>
        </Section>
      )}
      <DrillChoice />
    </div>
  );
}

interface Changing {
  change: (part: Partial<Settings>) => void;
}

function Look({ settings, change }: Changing & { settings: Settings }) {
  const { t } = useText();
  return (
    <Section title={t("session-look")}>
      <Line label={t("session-language")}>
        {(id) => (
          <Radio.Group
            aria-labelledby={id}
            value={settings.language}
            onChange={({ target }) => change({ language: target.value as Language })}
            options={[
              { value: "zh", label: t("language-zh") },
              { value: "en", label: t("language-en") },
            ]}
          />
        )}
      </Line>
      <Line label={t("session-theme")}>
        {(id) => (
          <Radio.Group
            aria-labelledby={id}
            value={settings.theme}
            onChange={({ target }) => change({ theme: target.value as Theme })}
            options={THEMES.map((value) => ({ value, label: t(`session-theme-${value}`) }))}
          />
        )}
      </Line>
      <Line label={t("session-large")} hint={t("session-large-hint")}>
        {(id) => (
          <Switch
            aria-labelledby={id}
            checked={settings.large_text}
            onChange={(large_text) => change({ large_text })}
          />
        )}
      </Line>
    </Section>
  );
}

function Desk({ set, change }: Changing & { set: (part: Partial<Settings>) => Promise<unknown> }) {
  const { t } = useText();
  const { status } = useSession();
  const { profile, settings } = status;
  return (
    <Section title={t("session-desk")}>
      {profile && (
        <Facts
          rows={[
            [t("session-name"), <CorrectName key="name" name={profile.name} />],
            [t("uscc"), <code key="uscc">{profile.uscc}</code>],
            [t("session-region"), <Data key="region">{profile.region_name}</Data>],
            [t("session-role"), t(`role-${profile.role}`)],
          ]}
        />
      )}
      <Operator operator={settings.operator} save={(operator) => set({ operator })} />
      {profile && profile.role !== "firm" && (
        <Line label={t("own-keys-label")} hint={t("own-keys-hint")}>
          {() => <ExportKeys />}
        </Line>
      )}
      {profile?.role === "incubator" && (
        <Line label={t("session-four-eyes")} hint={t("session-four-eyes-hint")}>
          {(id) => (
            <Switch
              aria-labelledby={id}
              checked={settings.four_eyes}
              onChange={(four_eyes) => change({ four_eyes })}
            />
          )}
        </Line>
      )}
    </Section>
  );
}

function Safety({ change, at }: Changing & { at: "backup" | null }) {
  const { t } = useText();
  const host = useHost();
  const { status } = useSession();
  const id = useId();
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState(false);
  // Whoever came for the folder finds it, wherever on the page it is.
  const folder = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (at !== "backup") return;
    folder.current?.scrollIntoView({ block: "center" });
    folder.current?.focus({ preventScroll: true });
  }, [at]);
  const { idle_minutes, backup_folder } = status.settings;
  const choices = IDLE.includes(idle_minutes) ? IDLE : [idle_minutes, ...IDLE];
  const choose = async () => {
    const chosen = await host.chooseFolder(t("session-backup-folder"));
    if (chosen) change({ backup_folder: chosen });
  };
  return (
    <Section title={t("session-safety")}>
      <Field label={t("session-idle")} id={id} help={t("session-idle-hint")}>
        <Select<number>
          id={id}
          className="idle"
          value={idle_minutes}
          onChange={(minutes) => change({ idle_minutes: minutes })}
          options={choices.map((value) => ({
            value,
            label: value === 0 ? t("session-idle-never") : t("session-idle-minutes", { count: value }),
          }))}
        />
      </Field>
      <Line label={t("session-backup-folder")} hint={t("session-backup-hint")}>
        {(name) => (
          <span className="row">
            {backup_folder ? (
              <code>
                <Data>{backup_folder}</Data>
              </code>
            ) : (
              <span className="quiet">{t("session-backup-none")}</span>
            )}
            <Button ref={folder} aria-describedby={name} onClick={() => void choose()}>
              {t("session-folder-choose")}
            </Button>
          </span>
        )}
      </Line>
      <Line label={t("passphrase")} hint={t("session-passphrase-means")}>
        {(name) => (
          <span className="row">
            <span role="status">{changed && t("session-passphrase-changed")}</span>
            <Button aria-describedby={name} onClick={() => setChanging(true)}>
              {t("session-change-passphrase")}
            </Button>
          </span>
        )}
      </Line>
      {!status.drill && (
        <Line label={t("session-remember")} hint={t("gate-remember-means")}>
          {(name) => <Remembered label={name} />}
        </Line>
      )}
      {changing && <ChangePassphrase onClose={() => setChanging(false)} onDone={() => setChanged(true)} />}
    </Section>
  );
}

/** A setting: its name and what it does at the left, and what changes it at the right. */
function Line({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: (labelId: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="setting">
      <div>
        <span id={id}>{label}</span>
        {hint && <p className="field-help">{hint}</p>}
      </div>
      {children(id)}
    </div>
  );
}
