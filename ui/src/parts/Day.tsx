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

/** The civil date that was typed, its month and day with or without a nought before them. */
function dayOf(text: string): string | null {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const date = parts
    ?.slice(1)
    .map((part) => part.padStart(2, "0"))
    .join("-");
  return date !== undefined && civil(picked(date)) === date ? date : null;
}

/** What was typed that is no day, and the day that stood there before: the picker goes on from that one. */
interface Unread {
  text: string;
  before: string | null;
}

/** A civil day, typed or picked. Nothing that was typed is lost: what cannot be meant stays there and is told below. */
export function Day({ value, onChange, from, status = "", ...rest }: Props) {
  const { t } = useText();
  const [unread, setUnread] = useState<Unread | null>(null);
  const early = from !== undefined && value !== null && value < from;
  const leave = (text: string) => {
    const day = dayOf(text);
    if (text !== "" && day === null) {
      // No day counts while the field shows none.
      setUnread({ text, before: unread?.before ?? value });
      if (value !== null) onChange(null);
    } else if (unread) {
      setUnread(null);
      if (day !== value) onChange(day);
    }
  };
  return (
    <span className="day">
      <DatePicker
        {...rest}
        preserveInvalidOnBlur
        status={unread || early ? "error" : status}
        value={picked(unread ? unread.before : value)}
        onChange={(day) => {
          setUnread(null);
          onChange(civil(day));
        }}
        onBlur={({ target }) => leave((target as HTMLInputElement).value.trim())}
      />
      {unread ? (
        <span className="field-error" role="status">
          {t("day-unread", { text: visible(unread.text) })}
        </span>
      ) : (
        early && <span className="field-error">{t("day-past")}</span>
      )}
    </span>
  );
}
