import { Input } from "antd";
import { useId, useState } from "react";
import type { Hands } from "../gen/wire";
import { useSession } from "../session";
import { useText } from "../text";
import { Field } from "./page";

/** 经办 and 复核, beginning with whoever the settings say is at the desk. */
export function useHands(fourEyes?: boolean, begun?: Hands) {
  const { status } = useSession();
  const needed = fourEyes ?? status.settings.four_eyes;
  const [hands, setHands] = useState<Hands>(begun ?? { operator: status.settings.operator, reviewer: null });
  const operator = hands.operator.trim();
  const reviewer = hands.reviewer?.trim() || null;
  const same = reviewer !== null && reviewer === operator;
  const complete = operator !== "" && (!needed || reviewer !== null) && !same;
  return { hands: { operator, reviewer }, typed: hands, setHands, needed, same, complete };
}

type Fields = Pick<ReturnType<typeof useHands>, "typed" | "needed" | "same"> & {
  setHands(hands: Hands): void;
};

export function HandsFields({ typed, setHands, needed, same }: Fields) {
  const { t } = useText();
  const id = useId();
  return (
    <div className="row fields">
      <Field label={t("hands-operator")} id={`${id}-operator`} required>
        <Input
          id={`${id}-operator`}
          value={typed.operator}
          onChange={({ target }) => setHands({ ...typed, operator: target.value })}
        />
      </Field>
      <Field
        label={t("hands-reviewer")}
        id={`${id}-reviewer`}
        required={needed}
        help={
          same ? <span className="wrong">{t("hands-same")}</span> : needed ? t("hands-needed") : undefined
        }
      >
        <Input
          id={`${id}-reviewer`}
          value={typed.reviewer ?? ""}
          status={same ? "error" : ""}
          onChange={({ target }) => setHands({ ...typed, reviewer: target.value })}
        />
      </Field>
    </div>
  );
}
