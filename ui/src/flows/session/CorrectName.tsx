import { Button, Input } from "antd";
import { useId, useState } from "react";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/** The organisation's name, and its correction where it was mistyped. */
export function CorrectName({ name }: { name: string }) {
  const { t } = useText();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const act = useAct("session.correct_name");
  const leave = () => {
    act.reset();
    setTyped(null);
  };
  if (typed === null)
    return (
      <>
        <Data>{name}</Data>{" "}
        <Button size="small" onClick={() => setTyped(name)}>
          {t("session-name-correct")}
        </Button>
      </>
    );
  return (
    <div className="stack">
      <Field label={t("session-name-right")} id={id} help={t("session-name-correct-hint")}>
        <Input id={id} autoFocus value={typed} onChange={({ target }) => setTyped(target.value)} />
      </Field>
      {act.error && <RefusalAlert refusal={act.error.refusal} />}
      <p className="row">
        <Button
          type="primary"
          disabled={typed.trim() === ""}
          loading={act.isPending}
          onClick={() => act.mutate({ name: typed }, { onSuccess: leave })}
        >
          {t("session-name-save")}
        </Button>
        <Button onClick={leave}>{t("cancel")}</Button>
      </p>
    </div>
  );
}
