// What the clock and the calendar say in Asia/Shanghai. Deadlines are days there, and the printed paper and the
// command line tell times by it: the window must not tell another day because the machine stands elsewhere.

import dayjs, { type Dayjs } from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);
dayjs.extend(timezone);
// The date pickers of Ant Design ask for the default zone when they mark today.
dayjs.tz.setDefault("Asia/Shanghai");

/** Milliseconds that Asia/Shanghai is ahead of UTC: the offset of the core, which knows no summer time either. */
const AHEAD = 8 * 3_600_000;

/** `2026-11-23 10:00` in Asia/Shanghai; nothing where it is no moment. */
export function inShanghai(at: string): string | null {
  const moment = new Date(at).getTime();
  return Number.isNaN(moment) ? null : new Date(moment + AHEAD).toISOString().slice(0, 16).replace("T", " ");
}

/** The present civil date in Asia/Shanghai. */
export const today = (): string => new Date(Date.now() + AHEAD).toISOString().slice(0, 10);

/** A day of a date picker as a civil date. */
export const civil = (day: Dayjs | null | undefined): string | null => day?.format("YYYY-MM-DD") ?? null;

/** A civil date for a date picker, which shows its year, month and day and knows no hour. */
export const picked = (date: string | null | undefined): Dayjs | null => (date ? dayjs(date) : null);

/** A month, `2026-11`, so many months later. */
export const monthsOn = (month: string, months: number): string =>
  dayjs(`${month}-01`).add(months, "month").format("YYYY-MM");
