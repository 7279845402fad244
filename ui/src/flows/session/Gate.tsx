import { LockOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useId, useState } from "react";
import type { Role } from "../../gen/wire";
import { EmptyState, Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";

/** Stands where a page needs a database and none is open. It shows no names. */
export function Gate() {
  const { status } = useSession();
  return status.database === "locked" ? <Locked /> : <None />;
}

function Locked() {
  const { t } = useText();
  const id = useId();
  const [secret, setSecret] = useState("");
  const unlock = useAct("session.unlock");
  const open = () => {
    if (secret !== "") unlock.mutate({ secret }, { onSettled: () => setSecret("") });
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
      <p className="quiet">{t("gate-locked-hint")}</p>
      {unlock.error && <RefusalAlert refusal={unlock.error.refusal} />}
      <Field label={t("gate-secret")} id={id}>
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
    </form>
  );
}

function None() {
  const { t } = useText();
  const drill = useAct("session.drill");
  const begin = (role: Role) => drill.mutate({ role });
  return (
    <div className="gate card">
      <EmptyState
        title={t("gate-none")}
        hint={t("gate-none-hint")}
        action={
          <>
            <Button loading={drill.isPending} onClick={() => begin("firm")}>
              {t("gate-drill-firm")}
            </Button>
            <Button loading={drill.isPending} onClick={() => begin("incubator")}>
              {t("gate-drill-incubator")}
            </Button>
          </>
        }
      />
      {drill.error && <RefusalAlert refusal={drill.error.refusal} />}
    </div>
  );
}
