import { Input } from "antd";
import { useId, useState } from "react";
import { Mark } from "../../parts/marks";
import { Field } from "../../parts/page";
import type { Tone } from "../../parts/theme";
import { useText } from "../../text";
import { type Strength, strengthOf } from "./strength";

const TONES: Record<Strength, Tone> = { refused: "fail", weak: "warning", fair: "info", strong: "pass" };

/** A new passphrase, typed twice; `chosen` is null until both are the same and long enough. */
export function useNewPassphrase() {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const strength = first === "" ? null : strengthOf(first);
  const differs = second !== "" && second !== first;
  const chosen = first === second && strength !== null && strength !== "refused" ? first : null;
  const clear = () => {
    setFirst("");
    setSecond("");
  };
  return { first, second, setFirst, setSecond, strength, differs, chosen, clear };
}

export function NewPassphrase({
  first,
  second,
  setFirst,
  setSecond,
  strength,
  differs,
}: ReturnType<typeof useNewPassphrase>) {
  const { t } = useText();
  const id = useId();
  return (
    <div className="row fields two-passphrases">
      <Field
        label={t("session-new-passphrase")}
        id={`${id}-first`}
        required
        help={
          <span role="status">
            {strength ? (
              <Mark tone={TONES[strength]}>{t(`session-strength-${strength}`)}</Mark>
            ) : (
              t("session-passphrase-hint")
            )}
          </span>
        }
      >
        <Input.Password
          id={`${id}-first`}
          autoComplete="new-password"
          value={first}
          status={strength && TONES[strength] === "fail" ? "error" : ""}
          onChange={({ target }) => setFirst(target.value)}
        />
      </Field>
      <Field
        label={t("session-same-again")}
        id={`${id}-second`}
        required
        help={differs && <span className="wrong">{t("session-differs")}</span>}
      >
        <Input.Password
          id={`${id}-second`}
          autoComplete="new-password"
          value={second}
          status={differs ? "error" : ""}
          onChange={({ target }) => setSecond(target.value)}
        />
      </Field>
    </div>
  );
}
