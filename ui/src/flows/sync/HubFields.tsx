import { Input } from "antd";
import { FileField } from "../../parts/FileField";
import type { Told } from "../../parts/needed";
import { Field } from "../../parts/page";
import { useHost } from "../../rpc";
import { useText } from "../../text";

interface Props {
  invitation: { id: string; value: string; told: Told; set: (path: string) => void };
  url: { id: string; value: string; told: Told; set: (url: string) => void };
}

/** What every hub is joined with: an invitation and its address. */
export function HubFields({ invitation, url }: Props) {
  const { t } = useText();
  const host = useHost();
  const choose = async () => {
    const kinds = [{ name: t("sync-invitation"), extensions: ["jwt"] }];
    const path = await host.chooseFile(t("sync-invitation"), kinds);
    if (path) invitation.set(path);
  };
  return (
    <>
      <FileField
        label={t("sync-invitation")}
        choose={t("sync-invitation-choose")}
        id={invitation.id}
        told={invitation.told}
        path={invitation.value}
        onChoose={() => void choose()}
      />
      <Field
        label={t("sync-hub-url")}
        id={url.id}
        required
        help={t("sync-join-url-hint")}
        error={url.told.error}
      >
        <Input
          id={url.id}
          inputMode="url"
          value={url.value}
          onChange={({ target }) => url.set(target.value)}
          {...url.told.own}
        />
      </Field>
    </>
  );
}
