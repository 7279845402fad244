import { DisconnectOutlined } from "@ant-design/icons";
import { Suspense } from "react";
import { later } from "../later";
import { useNotKept } from "../parts/keptForms";
import { AlarmIcon } from "../parts/marks";
import { Age, Instant } from "../parts/values";
import { useSession } from "../session";
import { useText } from "../text";

const MoreBanners = later(() => import("./MoreBanners").then(({ MoreBanners }) => MoreBanners));

/** What holds for every page: the data everything rests on with their age, a clock that is behind, and the rest. */
export function Banners() {
  const { status } = useSession();
  const { t } = useText();
  const { trust } = status;
  const stale = !trust.present || trust.expired;
  const told = status.remembered.why_not !== null || status.damaged !== null;
  const notKept = useNotKept();
  const more = notKept !== null || status.drill || told || (status.waiting?.after_restore ?? 0) > 0;
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
      <Suspense>{more && <MoreBanners />}</Suspense>
    </div>
  );
}
