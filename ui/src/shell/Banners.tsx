import { DisconnectOutlined, ExperimentOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Suspense, useState } from "react";
import { later } from "../later";
import { AlarmIcon } from "../parts/marks";
import { Age, Instant } from "../parts/values";
import { useSession } from "../session";
import { useText } from "../text";
import { NotRemembered } from "./NotRemembered";

const EndDrill = later(() => import("../flows/session/EndDrill").then(({ EndDrill }) => EndDrill));

/** What holds for every page: the data everything rests on with their age, 演练模式, a clock that is behind. */
export function Banners() {
  const { status } = useSession();
  const { t } = useText();
  const [ending, setEnding] = useState(false);
  const { trust } = status;
  const { why_not } = status.remembered;
  const stale = !trust.present || trust.expired;
  return (
    <div className="banners">
      <p className={`banner ${stale ? "warning" : ""}`}>
        {stale ? <AlarmIcon aria-hidden /> : <DisconnectOutlined aria-hidden />}
        {trust.present ? (
          <span>
            {t("offline-as-of")} <Instant at={trust.timestamp} /> · <Age seconds={trust.age_seconds} />
            {trust.expired && <strong> · {t("trust-expired")}</strong>}
          </span>
        ) : (
          <span>{t("trust-none")}</span>
        )}
      </p>
      {status.clock_behind && (
        <p className="banner fail" role="alert">
          <AlarmIcon aria-hidden />
          <span>{t("clock-behind")}</span>
        </p>
      )}
      {status.database === "open" && why_not && <NotRemembered refusal={why_not} />}
      {status.drill && (
        <p className="banner pending">
          <ExperimentOutlined aria-hidden />
          <span>{t("drill-banner")}</span>
          <Button size="small" type="text" onClick={() => setEnding(true)}>
            {t("drill-end")}
          </Button>
        </p>
      )}
      <Suspense>{ending && <EndDrill onClose={() => setEnding(false)} />}</Suspense>
    </div>
  );
}
