import { useText } from "../text";
import { Thumbprint } from "./values";

/** A public key's fingerprint under its name, in the same form wherever it stands: two people compare it by telephone. */
export function KeyFingerprint({ text }: { text: string }) {
  const { t } = useText();
  return (
    <p className="key-fingerprint">
      <strong>{t("key-fingerprint")}</strong> <Thumbprint kid={text} />
      <br />
      <span className="quiet">{t("key-fingerprint-compare")}</span>
    </p>
  );
}
