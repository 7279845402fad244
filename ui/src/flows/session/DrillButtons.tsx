import { Button } from "antd";
import { useId, useState } from "react";
import type { Role, Story } from "../../gen/wire";
import { useText } from "../../text";

const STORIES: Story[] = ["branch_operation", "full_relocation", "voucher_redemption"];
const ROLES: Role[] = ["firm", "incubator"];

/** Which story is played, and in whose part. */
export function DrillButtons({
  pending,
  onBegin,
}: {
  pending: boolean;
  onBegin: (drill: { role: Role; story: Story }) => void;
}) {
  const { t } = useText();
  const name = useId();
  const [story, setStory] = useState<Story>("branch_operation");
  return (
    <div className="stack">
      <div className="stories" role="radiogroup" aria-label={t("drill-story")}>
        {STORIES.map((value) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={story === value}
              onChange={() => setStory(value)}
            />
            {t(`drill-story-${value}`)}
          </label>
        ))}
      </div>
      <p className="row">
        {ROLES.map((role) => (
          <Button key={role} loading={pending} onClick={() => onBegin({ role, story })}>
            {t(`gate-drill-${role}`)}
          </Button>
        ))}
      </p>
    </div>
  );
}
