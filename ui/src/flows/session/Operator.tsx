import { Input } from "antd";
import { useId, useState } from "react";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAutosave } from "../../parts/useAutosave";
import { useText } from "../../text";

/** Who is at the desk, kept while it is typed. */
export function Operator({
  operator,
  save,
}: {
  operator: string;
  save: (operator: string) => Promise<unknown>;
}) {
  const { t } = useText();
  const id = useId();
  const [typed, setTyped] = useState(operator);
  const { saving, change } = useAutosave(save);
  return (
    <>
      <Field
        label={t("session-operator")}
        id={id}
        help={
          <span role="status">
            {saving.state === "saving" || saving.state === "waiting"
              ? t("session-saving")
              : t("session-operator-hint")}
          </span>
        }
      >
        <Input
          id={id}
          className="operator"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            change(target.value);
          }}
        />
      </Field>
      {saving.state === "refused" && <RefusalAlert refusal={saving.refusal} />}
    </>
  );
}
