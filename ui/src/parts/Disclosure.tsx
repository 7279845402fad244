import { RightOutlined } from "@ant-design/icons";
import { type ReactNode, useId, useState } from "react";

interface Props {
  /** The line that is always there. */
  summary: ReactNode;
  /** Whether it is open at first. */
  begin?: boolean;
  className?: string;
  children: ReactNode;
}

/** A line that opens what is behind it. What is closed does not exist yet: long lists of closed lines cost little. */
export function Disclosure({ summary, begin = false, className = "", children }: Props) {
  const id = useId();
  const [open, setOpen] = useState(begin);
  return (
    <div className={`disclosure ${className}`}>
      <button
        type="button"
        className="disclosure-line"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <RightOutlined className="disclosure-arrow" rotate={open ? 90 : 0} aria-hidden />
        {summary}
      </button>
      {open && <div id={id}>{children}</div>}
    </div>
  );
}
