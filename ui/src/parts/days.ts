// Days as the date pickers of Ant Design take them. They come with a library that no first screen needs, so that only
// pages with a date picker read this; parts/clock knows the time without it.

import dayjs, { type Dayjs } from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
// Each picker names the language of its months by itself.
import "dayjs/locale/zh-cn";

dayjs.extend(utc);
dayjs.extend(timezone);
// The date pickers of Ant Design ask for the default zone when they mark today.
dayjs.tz.setDefault("Asia/Shanghai");

/** A day of a date picker as a civil date. */
export const civil = (day: Dayjs | null | undefined): string | null => day?.format("YYYY-MM-DD") ?? null;

/** A civil date for a date picker, which shows its year, month and day and knows no hour. */
export const picked = (date: string | null | undefined): Dayjs | null => (date ? dayjs(date) : null);

/** A month, `2026-11`, so many months later. */
export const monthsOn = (month: string, months: number): string =>
  dayjs(`${month}-01`).add(months, "month").format("YYYY-MM");
