import { ArrowLeftOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useId } from "react";
import type { NewProfile, Role } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { Field, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Unsaved } from "../../parts/Unsaved";
import { useTyped } from "../../parts/useUnsaved";
import { useAsk } from "../../rpc";
import { useText } from "../../text";
import { useCreate } from "./created";
import { NewPassphrase, useNewPassphrase } from "./NewPassphrase";
import "./session.css";

/** A code has so many characters; while fewer are typed, nobody is told that it is wrong. */
const CODE_LENGTH = 18;

const lengthOf = (code: string) => Array.from(code.replace(/\s/g, "")).length;

/** A new database: whose it is, and what opens it. */
export function CreateForm({ role, onBack }: { role: Role; onBack: () => void }) {
  const { t } = useText();
  const id = useId();
  const form = useTyped<NewProfile>(
    (kept) => kept ?? { uscc: "", name: "", role, region: "" },
    "create",
    role,
  );
  const { typed: profile, change } = form;
  const passphrase = useNewPassphrase();
  const create = useCreate();
  const code = useAsk("session.check_uscc", profile.uscc.trim() === "" ? null : { text: profile.uscc });
  // As long as somebody still types, nothing is wrong yet.
  const wrong = code.data?.uscc === null && lengthOf(profile.uscc) >= CODE_LENGTH;
  const whole =
    Boolean(code.data?.uscc) &&
    profile.name.trim() !== "" &&
    profile.region !== "" &&
    passphrase.chosen !== null;
  const submit = () => {
    if (!whole || passphrase.chosen === null || create.isPending) return;
    const request = { profile: { ...profile, name: profile.name.trim() }, passphrase: passphrase.chosen };
    // Making the database turns this page around: what was typed goes all the same.
    const made = () => {
      passphrase.clear();
      form.drop();
    };
    void create.mutateAsync(request).then(made, () => undefined);
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", submit);
  return (
    <form
      className="page create"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <header className="page-header">
        <Button className="page-back" type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={onBack}>
          {t("back")}
        </Button>
        <div className="page-title">
          <h1>{t(`session-create-${role}`)}</h1>
          <p className="quiet">{t("session-create-hint")}</p>
        </div>
      </header>
      {form.again && <Unsaved onDrop={form.anew} />}
      <Section title={t("session-whose")}>
        <div className="stack">
          <Field
            label={t("uscc")}
            id={`${id}-uscc`}
            required
            help={<CodeRemark typed={profile.uscc} checked={code.data} />}
          >
            <Input
              id={`${id}-uscc`}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              status={wrong ? "error" : ""}
              aria-invalid={wrong}
              value={profile.uscc}
              onChange={({ target }) => change({ uscc: target.value })}
            />
          </Field>
          <div className="row fields">
            <Field label={t("session-name")} id={`${id}-name`} required help={t("session-name-hint")}>
              <Input
                id={`${id}-name`}
                value={profile.name}
                onChange={({ target }) => change({ name: target.value })}
              />
            </Field>
            <Region id={`${id}-region`} value={profile.region} onChange={(region) => change({ region })} />
          </div>
        </div>
      </Section>
      <Section title={t("session-passphrase-title")}>
        <div className="stack">
          <p className="quiet">{t("session-passphrase-means")}</p>
          <NewPassphrase {...passphrase} />
        </div>
      </Section>
      {create.error && <RefusalAlert refusal={create.error.refusal} />}
      <p className="row">
        <Button type="primary" size="large" htmlType="submit" disabled={!whole} loading={create.isPending}>
          {t("session-create")}
        </Button>
        <span className="quiet">{t("session-create-next")}</span>
      </p>
    </form>
  );
}

function CodeRemark({
  typed,
  checked,
}: {
  typed: string;
  checked:
    | { uscc: string | null; remark: Parameters<ReturnType<typeof useText>["say"]>[0] | null }
    | undefined;
}) {
  const { t, say } = useText();
  const count = lengthOf(typed);
  if (count === 0 || !checked) return <span role="status">{t("session-uscc-hint")}</span>;
  if (checked.uscc)
    return (
      <span role="status">
        <Mark tone={checked.remark ? "warning" : "pass"}>
          {checked.remark ? say(checked.remark) : t("session-uscc-right")}
        </Mark>
      </span>
    );
  if (count < CODE_LENGTH)
    return <span role="status">{t("session-uscc-so-far", { count, whole: CODE_LENGTH })}</span>;
  return (
    <span role="status" className="wrong">
      {checked.remark && say(checked.remark)}
    </span>
  );
}

/** The regions of the delta; found by any part of the name, or by code. */
function Region({ id, value, onChange }: { id: string; value: string; onChange: (code: string) => void }) {
  const { t } = useText();
  const asked = useAsk("session.regions", {});
  return (
    <Field label={t("session-region")} id={id} required help={t("session-region-hint")}>
      <Select<string>
        id={id}
        showSearch={{
          filterOption: (typed, option) =>
            `${option?.label ?? ""} ${option?.value ?? ""}`.includes(typed.trim()),
        }}
        loading={asked.isFetching}
        value={value === "" ? null : value}
        placeholder={t("session-region-choose")}
        onChange={onChange}
        options={(asked.data?.regions ?? []).map(({ code, name }) => ({ value: code, label: name }))}
      />
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
    </Field>
  );
}
