import { Alert } from "antd";
import type { WithheldLine } from "../../gen/wire";
import { Data, Instant } from "../../parts/values";
import { useText } from "../../text";

/** What ledgers count and do not show: which numbers, since when, of which hub, and what to do. */
export function Withheld({ lines }: { lines: WithheldLine[] }) {
  const { t } = useText();
  if (lines.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t("sync-withheld")}
      description={
        <div className="stack">
          <ul>
            {lines.map(({ voucher, hub, numbers, onwards, amount, since }) => (
              <li key={voucher}>
                {t("sync-withheld-ledger")} <Data>{hub}</Data> · {t("sync-withheld-voucher")}{" "}
                <Data>{voucher}</Data> ·{" "}
                {t(onwards ? "sync-withheld-onwards" : "sync-withheld-numbers", {
                  numbers: numbers.join(t("sync-comma")),
                })}{" "}
                · <span className="figure">{amount}</span> · {t("sync-withheld-since")} <Instant at={since} />
              </li>
            ))}
          </ul>
          <p>{t("sync-withheld-means")}</p>
        </div>
      }
    />
  );
}
