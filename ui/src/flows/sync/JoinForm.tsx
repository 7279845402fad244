import { Button, Input } from "antd";
import { type SyntheticEvent, useId, useState } from "react";
import { needed, useFlaws } from "../../parts/needed";
import { Field, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { AuthorityField } from "./Authority";
import { HubFields } from "./HubFields";

/** 加入枢纽, with the invitation of its operator or of the incubator. */
export function JoinForm() {
  const { t } = useText();
  const id = useId();
  const act = useAct("sync.join");
  const [invitation, setInvitation] = useState("");
  const [url, setUrl] = useState("");
  const [ca, setCa] = useState("");
  const [device, setDevice] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [file, address, secret] = [`${id}-file`, `${id}-url`, `${id}-secret`];
  const flaws = useFlaws({
    [file]: needed(invitation, t("sync-join-file-needed")),
    [address]: needed(url, t("sync-join-url-needed")),
    [secret]: needed(passphrase, t("sync-join-secret-needed")),
  });
  const join = () => {
    if (act.isPending || !flaws.sound()) return;
    const request = { invitation, url: url.trim(), ca: ca || null, device, passphrase };
    act.mutate(request, { onSettled: () => setPassphrase("") });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    join();
  };
  useShortcut("Ctrl+Enter", "sync-join", join);
  return (
    <Section title={t("sync-join")}>
      <form className="stack sync-form" onSubmit={submit} aria-label={t("sync-join")}>
        <p className="quiet">{t("sync-join-hint")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        <HubFields
          invitation={{ id: file, value: invitation, told: flaws.told(file), set: setInvitation }}
          url={{ id: address, value: url, told: flaws.told(address), set: setUrl }}
        />
        <Field label={t("sync-device")} id={`${id}-device`} help={t("sync-device-hint")}>
          <Input
            id={`${id}-device`}
            maxLength={64}
            value={device}
            onChange={({ target }) => setDevice(target.value)}
          />
        </Field>
        <AuthorityField value={ca} onChange={setCa} />
        <Field
          label={t("passphrase")}
          id={secret}
          required
          error={flaws.told(secret).error}
          help={t("passphrase-forgotten")}
        >
          <Input.Password
            id={secret}
            autoComplete="off"
            value={passphrase}
            onChange={({ target }) => setPassphrase(target.value)}
            {...flaws.told(secret).own}
          />
        </Field>
        <div>
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            {t("sync-join")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
