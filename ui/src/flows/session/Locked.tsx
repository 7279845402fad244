import { LockOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input } from "antd";
import { useId, useState } from "react";
import type { RefusalCode } from "../../gen/wire";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";

/** Refusals that say to restore a backup. */
const RESTORED: readonly string[] = ["DB-DAMAGED", "DB-KEY", "DB-NONE", "KEY-SEALED"] satisfies RefusalCode[];

/** The database is there and locked: the passphrase opens it. */
export function Locked() {
  const { t } = useText();
  const { status } = useSession();
  const { route, behind, go, back } = useRoute();
  const id = useId();
  const { on, asking, why_not } = status.remembered;
  const [secret, setSecret] = useState("");
  const [remember, setRemember] = useState(on);
  const unlock = useAct("session.unlock");
  const open = () => {
    if (secret === "" || unlock.isPending) return;
    // A drill is begun afresh each time: there is nothing to remember.
    const request = { secret, remember: status.drill ? null : remember };
    unlock.mutate(request, { onSettled: () => setSecret("") });
  };
  const restore = () => go({ page: "restore", path: null });
  const refusal = unlock.error?.refusal ?? why_not;
  return (
    <form
      className="gate card"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <LockOutlined className="gate-icon" aria-hidden />
      <h1>{t("gate-locked")}</h1>
      <p className="quiet">{t(status.drill ? "gate-drill-hint" : "gate-locked-hint")}</p>
      {asking && <p role="status">{t("gate-keychain-asked")}</p>}
      {refusal && (
        <RefusalAlert
          refusal={refusal}
          action={
            RESTORED.includes(refusal.code) && (
              <Button size="small" type="primary" onClick={restore}>
                {t("session-restore")}
              </Button>
            )
          }
        />
      )}
      <Field label={t("gate-secret")} id={id} help={t("gate-secret-hint")}>
        <Input.Password
          id={id}
          autoFocus
          autoComplete="off"
          value={secret}
          onChange={({ target }) => setSecret(target.value)}
        />
      </Field>
      {!status.drill && (
        <div>
          <Checkbox
            checked={remember}
            aria-describedby={`${id}-remember`}
            onChange={({ target }) => setRemember(target.checked)}
          >
            {t("gate-remember")}
          </Checkbox>
          <p className="field-help" id={`${id}-remember`}>
            {t("gate-remember-means")}
          </p>
        </div>
      )}
      <Button type="primary" htmlType="submit" block loading={unlock.isPending} disabled={secret === ""}>
        {t("gate-unlock")}
      </Button>
      {route.page === "unlock" && behind > 0 && (
        <Button type="text" block onClick={back}>
          {t("back")}
        </Button>
      )}
      <Button type="link" size="small" onClick={restore}>
        {t("gate-cannot-open")}
      </Button>
    </form>
  );
}
