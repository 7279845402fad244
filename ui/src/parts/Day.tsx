import { DatePicker } from "antd";
import { useState } from "react";
import { useText, visible } from "../text";
import { civil, picked } from "./days";

interface Props {
  id?: string;
  value: string | null;
  onChange: (day: string | null) => void;
  /** The first day that can be meant; an earlier one stays as it was typed, and is told. */
  from?: string;
  placeholder?: string;
  allowClear?: boolean;
  status?: "" | "error";
  "aria-label"?: string;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
}

/** What was typed as a civil date, its month and day with or without a nought before them. */
const isDay = (text: string): boolean => {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const date = parts
    ?.slice(1)
    .map((part) => part.padStart(2, "0"))
    .join("-");
  return date !== undefined && civil(picked(date)) === date;
};

/** A civil day, typed or picked. Nothing that was typed is lost: what cannot be meant stays there and is told below. */
export function Day({ value, onChange, from, status = "", ...rest }: Props) {
  const { t } = useText();
  const [unread, setUnread] = useState<string | null>(null);
  const early = from !== undefined && value !== null && value < from;
  return (
    <span className="day">
      <DatePicker
        {...rest}
        preserveInvalidOnBlur
        status={unread !== null || early ? "error" : status}
        value={picked(value)}
        onChange={(day) => {
          setUnread(null);
          onChange(civil(day));
        }}
        onBlur={({ target }) => {
          const text = (target as HTMLInputElement).value.trim();
          setUnread(text === "" || isDay(text) ? null : text);
        }}
      />
      {unread !== null ? (
        <span className="field-error" role="status">
          {t("day-unread", { text: visible(unread) })}
        </span>
      ) : (
        early && <span className="field-error">{t("day-past")}</span>
      )}
    </span>
  );
}
