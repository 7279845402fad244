import { Input } from "antd";
import { useId, useState } from "react";
import type { Hands } from "../gen/wire";
import { useSession } from "../session";
import { useText } from "../text";
import { Field } from "./page";

/** 经办 and 复核, beginning with whoever the settings say is at the desk. */
export function useHands(needed: boolean, begun?: Hands) {
  const { status } = useSession();
  // Who does it is who sits there now, whoever began to write.
  const { operator: now } = status.settings;
  const [hands, setHands] = useState<Hands>({
    operator: now || (begun?.operator ?? ""),
    reviewer: begun?.reviewer ?? null,
  });
  const operator = hands.operator.trim();
  const reviewer = hands.reviewer?.trim() || null;
  const same = reviewer !== null && reviewer === operator;
  const lacking = needed && reviewer === null;
  const complete = operator !== "" && !lacking && !same;
  return { hands: { operator, reviewer }, typed: hands, setHands, needed, lacking, same, complete };
}

type Fields = Pick<ReturnType<typeof useHands>, "typed" | "needed" | "lacking" | "same"> & {
  setHands(hands: Hands): void;
};

export function HandsFields({ typed, setHands, needed, lacking, same }: Fields) {
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
          same || lacking ? (
            <span className="wrong">{t(same ? "hands-same" : "hands-needed")}</span>
          ) : needed ? (
            t("hands-needed")
          ) : undefined
        }
      >
        <Input
          id={`${id}-reviewer`}
          value={typed.reviewer ?? ""}
          status={same || lacking ? "error" : ""}
          aria-invalid={same || lacking}
          onChange={({ target }) => setHands({ ...typed, reviewer: target.value })}
        />
      </Field>
    </div>
  );
}
