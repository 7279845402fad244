import { screen } from "@testing-library/react";
import { DatePicker } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showApp, showPart } from "../test/render";
import { inShanghai, today } from "./clock";
import { civil, monthsOn, picked } from "./days";

/** The first of December in Shanghai, and still the last of November where the machine stands. */
const TURN = new Date("2026-11-30T16:30:00Z");

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: TURN }));
afterEach(() => vi.useRealTimers());

test("the machine of these tests stands in another zone, or they would prove nothing", () => {
  expect([TURN.getMonth() + 1, TURN.getDate()]).toEqual([11, 30]);
});

test("a moment and the present day are those of Shanghai", () => {
  expect(inShanghai("2026-11-30T16:30:00Z")).toBe("2026-12-01 00:30");
  expect(inShanghai("2026-11-30T16:30:00+08:00")).toBe("2026-11-30 16:30");
  expect(inShanghai("nonsense")).toBeNull();
  expect(today()).toBe("2026-12-01");
});

test("a civil date goes through a date picker unchanged, also where clocks are put forward", () => {
  for (const date of ["2026-03-08", "2026-11-01", "2026-12-31"]) expect(civil(picked(date))).toBe(date);
  expect([civil(null), picked(null)]).toEqual([null, null]);
  expect(monthsOn("2026-11", 2)).toBe("2027-01");
});

test("a date picker marks the day of Shanghai as today", async () => {
  const chosen = vi.fn();
  const { user } = showPart(<DatePicker aria-label="day" onChange={(day) => chosen(civil(day))} />);
  await user.click(screen.getByLabelText("day"));
  const cell = document.querySelector(".ant-picker-cell-today");
  expect(cell?.getAttribute("title")).toBe("2026-12-01");
  await user.click(cell as Element);
  expect(chosen).toHaveBeenCalledWith("2026-12-01");
});

test("the monthly figures begin with the month of Shanghai", async () => {
  const { host } = showApp({ page: "month", month: null });
  await screen.findByText("2026年12月");
  expect(host.asked("cases.month")[0]).toEqual({ month: "2026-12" });
});
