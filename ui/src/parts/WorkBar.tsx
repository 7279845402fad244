import { StopOutlined } from "@ant-design/icons";
import { Button, Progress } from "antd";
import { useEffect } from "react";
import { useAct, useBegunWork, useWork } from "../rpc";
import { useText } from "../text";
import { RefusalAlert } from "./refusal";

interface Props {
  /** The id that the program tells its progress under. */
  job: string;
  /** What is going on, for those who hear it. */
  name: string;
  /** Whether what is counted says something to a person; otherwise only the share is told. */
  counted?: boolean;
}

/** How far work is that is under way, and what stops it; it stands there only as long as that lasts. */
export function WorkBar({ job, name, counted = true }: Props) {
  const { done, total } = useWork(job);
  const begun = useBegunWork();
  // What was told of earlier work under the same id is none of this.
  useEffect(() => begun(job), [begun, job]);
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return (
    <div className="work-bar">
      <Progress
        aria-label={name}
        percent={percent}
        status="active"
        format={() => (counted && total > 0 ? `${done} / ${total}` : `${percent}%`)}
      />
      <StopWork job={job} />
    </div>
  );
}

/** Stops work that is under way. Whoever began it hears that it was stopped. */
export function StopWork({ job }: { job: string }) {
  const { t } = useText();
  const stop = useAct("session.stop");
  return (
    <>
      <Button
        size="small"
        icon={<StopOutlined aria-hidden />}
        loading={stop.isPending || stop.isSuccess}
        onClick={() => stop.mutate({ job })}
      >
        {t("work-stop")}
      </Button>
      {stop.error && <RefusalAlert refusal={stop.error.refusal} />}
    </>
  );
}
