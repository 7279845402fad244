import { useText } from "../text";

/** Something is under way; whoever cannot see the circle hears it. */
export function Busy({ large = false, className = "busy" }: { large?: boolean; className?: string }) {
  const { t } = useText();
  return (
    <div className={className} role="status">
      <span className={large ? "spinner large" : "spinner"} aria-hidden />
      <span className="only-heard">{t("loading")}</span>
    </div>
  );
}
