import { Alert } from "antd";
import type { ReactNode } from "react";
import type { DraftDemand, DraftPage } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { CivilDate, Data } from "../../parts/values";
import { useText } from "../../text";
import { openDemands } from "./marks";

/** What the destination asked for and nothing was added for yet, each with its day; nothing where all was added. */
export function OpenDemands({ page, action }: { page: DraftPage; action?: ReactNode }) {
  const { t } = useText();
  const open = openDemands(page);
  if (open.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("demands-open", { count: open.length })}
      description={
        <ul>
          {open.map((demand) => (
            <li key={`${demand.text} ${demand.due}`}>
              <Data>{demand.text}</Data> <Until demand={demand} />
            </li>
          ))}
        </ul>
      }
      action={action}
    />
  );
}

/** What was asked for there and is added by now, and by what. What is open stands in the row's remark. */
export function Added({ demand }: { demand: DraftDemand }) {
  const { t } = useText();
  return (
    <p>
      <Mark tone="pass">{t("demand-added")}</Mark> <Data>{demand.text}</Data>
      <span className="quiet"> · </span>
      <Data>{demand.by.join(t("list-comma"))}</Data>
    </p>
  );
}

/** Until when it is waited for. */
export function Until({ demand: { due } }: { demand: DraftDemand }) {
  const { t } = useText();
  if (!due) return null;
  return (
    <span className="quiet">
      · {t("signed-due")} <CivilDate date={due} />
    </span>
  );
}
