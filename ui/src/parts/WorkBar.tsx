import { Progress } from "antd";
import { useEffect } from "react";
import { useBegunWork, useWork } from "../rpc";

interface Props {
  /** The id that the program tells its progress under. */
  job: string;
  /** What is going on, for those who hear it. */
  name: string;
  /** Whether what is counted says something to a person; otherwise only the share is told. */
  counted?: boolean;
}

/** How far work is that is under way; it stands there only as long as that lasts. */
export function WorkBar({ job, name, counted = true }: Props) {
  const { done, total } = useWork(job);
  const begun = useBegunWork();
  // What was told of earlier work under the same id is none of this.
  useEffect(() => begun(job), [begun, job]);
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return (
    <Progress
      aria-label={name}
      percent={percent}
      status="active"
      format={() => (counted && total > 0 ? `${done} / ${total}` : `${percent}%`)}
    />
  );
}
