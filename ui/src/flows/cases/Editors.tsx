import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import type { ReactNode } from "react";
import type { ReasonLine, ReportItem, SupplementLine } from "../../gen/wire";
import { today } from "../../parts/clock";
import { Day } from "../../parts/Day";
import { useSession } from "../../session";
import { useText } from "../../text";
import { OWN, ReasonCode } from "./marks";

/** Where a line comes from: the report's objections and what it asks for, its remarks, or whoever edits. */
type Source = "report" | "remark" | "own";

/**
 * A line that is edited: the value with a key of its own, so that a line keeps its field when others leave. What one adds
 * oneself has a negative key.
 */
export interface Edited<T> {
  key: number;
  from: Source;
  value: T;
}

export const edited = <T,>(values: T[], from: Source = "report", first = 0): Edited<T>[] =>
  values.map((value, at) => ({ key: first + at, from, value }));
/** What somebody added, which no report brings again. */
export const ownOf = <T,>(lines: Edited<T>[] = []): Edited<T>[] => lines.filter(({ from }) => from === "own");
export const valuesOf = <T,>(lines: Edited<T>[]): T[] => lines.map(({ value }) => value);

interface Props<T> {
  lines: Edited<T>[];
  onChange(lines: Edited<T>[]): void;
  /** What is said in the place of lines that are needed; null where none is. */
  none?: string | null;
}

interface ListProps<T> extends Props<T> {
  fresh: T;
  add: string;
  row(value: T, change: (value: T) => void, number: number): ReactNode;
}

function Lines<T>({ lines, onChange, none = null, fresh, add, row }: ListProps<T>) {
  const { t } = useText();
  const next = Math.min(0, ...lines.map(({ key }) => key)) - 1;
  return (
    <div className="stack">
      <ul className="lines">
        {lines.map(({ key, value }, index) => (
          <li key={key}>
            {row(
              value,
              (changed) =>
                onChange(lines.map((line) => (line.key === key ? { ...line, value: changed } : line))),
              index + 1,
            )}
            <Button
              type="text"
              danger
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t("line-remove", { number: index + 1 })}
              onClick={() => onChange(lines.filter((line) => line.key !== key))}
            />
          </li>
        ))}
      </ul>
      {none && lines.length === 0 && <p className="field-error">{none}</p>}
      <Button
        type="dashed"
        block
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange([...lines, { key: next, from: "own", value: fresh }])}
      >
        {add}
      </Button>
    </div>
  );
}

/** Reasons, from the report or one's own. The code of one's own is 自定. */
export function ReasonsEditor(props: Props<ReasonLine>) {
  const { t } = useText();
  return (
    <Lines
      {...props}
      fresh={{ code: OWN, text: "" }}
      add={t("reason-add")}
      row={(reason, change, number) => (
        <>
          <ReasonCode code={reason.code} className="line-code" />
          <Input.TextArea
            autoSize
            aria-label={t("reason-number", { number })}
            value={reason.text}
            onChange={({ target }) => change({ ...reason, text: target.value })}
          />
        </>
      )}
    />
  );
}

/** The item of what no checklist asks for. */
const OTHER = "other";

interface SupplementsProps extends Props<SupplementLine> {
  /** The checklist: what is asked for belongs to one of its items, or to none. */
  items: ReportItem[];
}

/** What has to be added: for which item, in words, with a date for each. */
export function SupplementsEditor({ items, ...props }: SupplementsProps) {
  const { t, say } = useText();
  const first = useFirstDay();
  const choices = [
    ...items.map(({ item_id, title }) => ({ value: item_id, label: say(title) })),
    { value: OTHER, label: t("supplement-other") },
  ];
  const known = new Set(choices.map(({ value }) => value));
  return (
    <Lines
      {...props}
      fresh={{ item_id: OTHER, text: "", due: null }}
      add={t("supplement-add")}
      row={(supplement, change, number) => (
        <>
          <Select
            className="line-item"
            aria-label={t("supplement-item", { number })}
            value={known.has(supplement.item_id) ? supplement.item_id : OTHER}
            onChange={(item_id) => change({ ...supplement, item_id })}
            options={choices}
          />
          <Input.TextArea
            autoSize
            aria-label={t("supplement-number", { number })}
            value={supplement.text}
            onChange={({ target }) => change({ ...supplement, text: target.value })}
          />
          <Day
            aria-label={t("supplement-due", { number })}
            placeholder={t("case-due")}
            status={supplement.due === null ? "error" : ""}
            aria-invalid={supplement.due === null || supplement.due < first}
            from={first}
            value={supplement.due}
            onChange={(due) => change({ ...supplement, due })}
          />
        </>
      )}
    />
  );
}

/** Whether every line says something. */
export const complete = (lines: Edited<{ text: string }>[]): boolean =>
  lines.every(({ value }) => value.text.trim() !== "");

/** Whether every item to be added has a date: a firm that does not know it can miss it. */
export const dated = (lines: Edited<SupplementLine>[]): boolean =>
  lines.every(({ value }) => value.due !== null);

/** Whether a date is over: a firm cannot keep one that is. */
export const late = (lines: Edited<SupplementLine>[], first: string): boolean =>
  lines.some(({ value }) => value.due !== null && value.due < first);

/** The first day that a date can be: today. A drill has a time of its own, which this window does not know. */
export function useFirstDay(): string {
  return useSession().status.drill ? "" : today();
}
