import { Alert, Select } from "antd";
import type { ReactNode } from "react";
import type { DraftDemand, DraftPage } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { CivilDate, Data } from "../../parts/values";
import { useText, visible } from "../../text";
import { allDemands, openDemands } from "./marks";

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
            <li key={demand.id}>
              <Data>{demand.text}</Data> <Until demand={demand} />
            </li>
          ))}
        </ul>
      }
      action={action}
    />
  );
}

/** What was asked for at an item, whether it is added by now and by what, and what adds something for it. */
export function Asked({ demand, actions }: { demand: DraftDemand; actions: ReactNode }) {
  const { t } = useText();
  const added = demand.by.length > 0;
  return (
    <div className="material-head demand">
      <Mark tone={added ? "pass" : "warning"}>{t(added ? "demand-added" : "demand-open")}</Mark>
      <span>
        <Data>{demand.text}</Data> <Until demand={demand} />
        {added && (
          <>
            <span className="quiet"> · </span>
            <Data>{demand.by.join(t("list-comma"))}</Data>
          </>
        )}
      </span>
      <span className="material-actions">{actions}</span>
    </div>
  );
}

/** For which of the things asked for something was added; nothing where nothing was asked for. */
export function DemandsSelect({
  page,
  value,
  onChange,
}: {
  page: DraftPage;
  value: string[];
  onChange: (ids: string[]) => void;
}) {
  const { t } = useText();
  const demands = allDemands(page);
  if (demands.length === 0) return null;
  return (
    <Select
      mode="multiple"
      className="chosen-demands"
      aria-label={t("chosen-demands")}
      placeholder={t("chosen-demands")}
      value={value.filter((id) => demands.some((demand) => demand.id === id))}
      onChange={onChange}
      options={demands.map(({ id, text }) => ({ value: id, label: visible(text) }))}
    />
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
