import { Button, Radio } from "antd";
import { useState } from "react";
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
  const [story, setStory] = useState<Story>("branch_operation");
  return (
    <div className="stack">
      <Radio.Group
        aria-label={t("drill-story")}
        value={story}
        onChange={({ target }) => setStory(target.value)}
        options={STORIES.map((value) => ({ value, label: t(`drill-story-${value}`) }))}
      />
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
