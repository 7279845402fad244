import { LockOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useId, useState } from "react";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { FirstStart } from "./FirstStart";

/** Stands where a page needs a database and none is open. It shows no names. */
export function Gate() {
  const { status } = useSession();
  return status.database === "locked" ? <Locked /> : <FirstStart />;
}

function Locked() {
  const { t } = useText();
  const { status } = useSession();
  const { go } = useRoute();
  const id = useId();
  const [secret, setSecret] = useState("");
  const unlock = useAct("session.unlock");
  const open = () => {
    if (secret !== "" && !unlock.isPending) unlock.mutate({ secret }, { onSettled: () => setSecret("") });
  };
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
      {unlock.error && <RefusalAlert refusal={unlock.error.refusal} />}
      <Field label={t("gate-secret")} id={id} help={t("gate-secret-hint")}>
        <Input.Password
          id={id}
          autoFocus
          autoComplete="off"
          value={secret}
          onChange={({ target }) => setSecret(target.value)}
        />
      </Field>
      <Button type="primary" htmlType="submit" block loading={unlock.isPending} disabled={secret === ""}>
        {t("gate-unlock")}
      </Button>
      <Button type="link" size="small" onClick={() => go({ page: "restore", path: null })}>
        {t("gate-cannot-open")}
      </Button>
    </form>
  );
}
