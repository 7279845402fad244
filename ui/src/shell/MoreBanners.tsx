import { ExperimentOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { EndDrill } from "../flows/session/EndDrill";
import type { Refusal } from "../gen/wire";
import { useNotKept } from "../parts/keptForms";
import { AlarmIcon } from "../parts/marks";
import { useRoute } from "../route";
import { useSession } from "../session";
import { useText } from "../text";
import { NotRemembered } from "./NotRemembered";
import { RefusalWords } from "./RefusalWords";

/** Banners that few people ever see: damage, what the keychain did not do, what is not kept, what waits since a restore, 演练模式. */
export function MoreBanners() {
  const { status } = useSession();
  const { t } = useText();
  const [ending, setEnding] = useState(false);
  const { why_not } = status.remembered;
  return (
    <>
      {status.damaged && <Damaged refusal={status.damaged} />}
      {status.database === "open" && why_not && <NotRemembered refusal={why_not} />}
      <NotKept />
      <Restored />
      {status.drill && (
        <p className="banner pending">
          <ExperimentOutlined aria-hidden />
          <span>{t("drill-banner")}</span>
          <Button size="small" type="text" onClick={() => setEnding(true)}>
            {t("drill-end")}
          </Button>
        </p>
      )}
      {ending && <EndDrill onClose={() => setEnding(false)} />}
    </>
  );
}

/** That the open database is damaged, and where to restore a backup. */
function Damaged({ refusal }: { refusal: Refusal }) {
  const { route, begin } = useRoute();
  const { t } = useText();
  return (
    <p className="banner fail" role="alert">
      <AlarmIcon aria-hidden />
      <RefusalWords refusal={refusal} />
      {route.page !== "upkeep" && (
        <Button size="small" onClick={() => begin({ page: "upkeep" })}>
          {t("upkeep-menu")}
        </Button>
      )}
    </p>
  );
}

/** That what is typed is not kept, and what to do about it. */
function NotKept() {
  const refusal = useNotKept();
  if (!refusal) return null;
  return (
    <p className="banner warning" role="alert">
      <AlarmIcon aria-hidden />
      <RefusalWords refusal={refusal} />
    </p>
  );
}

/** That something waits since the database came from a backup, on every page but those that say what. */
function Restored() {
  const { status } = useSession();
  const { route, begin } = useRoute();
  const { t } = useText();
  if (!status.waiting?.after_restore || route.page === "issued" || route.page === "upkeep") return null;
  return (
    <p className="banner warning" role="alert">
      <AlarmIcon aria-hidden />
      <span>{t("restored-banner")}</span>
      <Button size="small" onClick={() => begin({ page: "issued" })}>
        {t("restored-banner-do")}
      </Button>
    </p>
  );
}
