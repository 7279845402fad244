import { useText } from "../text";

/** Why the page's primary button is not to be pressed yet, right under it. */
export function WhyNot({ reasons }: { reasons: (string | false)[] }) {
  const { t } = useText();
  const open = reasons.filter((one) => one !== false);
  return (
    <p className="why-not" role="status">
      {open.length > 0 && `${t("not-yet")}${open.join("")}`}
    </p>
  );
}
