import { SafetyCertificateOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Host } from "../../host";
import { useText } from "../../text";

interface Props {
  host: Host;
  trust: string | null;
  /** True when nothing else is missing: the button then leads. */
  urgent: boolean;
  onChoose(path: string): void;
}

export function TrustChoice({ host, trust, urgent, onChoose }: Props) {
  const { t } = useText();
  const choose = async (asked: Promise<string | null>) => {
    const path = await asked;
    if (path) onChoose(path);
  };
  return (
    <section className="trust">
      <SafetyCertificateOutlined aria-hidden />
      <div className="trust-text">
        <strong>{t("trustTitle")}</strong>
        <span className={trust ? "path" : "missing"}>{trust ?? t("trustNone")}</span>
      </div>
      <Button
        type={urgent && !trust ? "primary" : "default"}
        onClick={() => choose(host.chooseTrustPackage(t("trustPackage")))}
      >
        {t(trust ? "trustChange" : "trustPackage")}
      </Button>
      <Button onClick={() => choose(host.chooseTrustFolder(t("trustFolder")))}>{t("trustFolder")}</Button>
    </section>
  );
}
