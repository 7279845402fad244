import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { answers as ledger, MONTH } from "../../test/data/cases";
import { expectAccessible, showApp } from "../../test/render";

test("the month has its figures and says how they are counted", async () => {
  const { user, host } = showApp({ page: "month", month: "2026-11" });
  expect(await screen.findByText("73.0%")).toBeDefined();
  expect(screen.getByText("4.2")).toBeDefined();
  expect(screen.getByText(/未办结的不计入/)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "上个月" }));
  await waitFor(() => expect(host.asked("cases.month").at(-1)).toEqual({ month: "2026-10" }));
  expect(await screen.findByText("2026年10月")).toBeDefined();
  host.choices.push("/out/月报.xlsx");
  await user.click(screen.getByRole("button", { name: "导出 Excel…" }));
  expect(await screen.findByText("/out/月报.xlsx")).toBeDefined();
  host.choices.push("/out/月报.pdf");
  await user.click(screen.getByRole("button", { name: "打印月报…" }));
  expect(await screen.findByText("/out/月报.pdf")).toBeDefined();
  expect(host.asked("cases.export_month")).toEqual([
    { month: "2026-10", path: "/out/月报.xlsx", language: "zh" },
    { month: "2026-10", path: "/out/月报.pdf", language: "zh" },
  ]);
});

test("the rates of the firms in incubation say of whom nothing is known", async () => {
  showApp({ page: "month", month: "2026-11" });
  expect(await screen.findByText("30.0%")).toBeDefined();
  expect(screen.getByText("55.0%")).toBeDefined();
  expect(
    screen.getByText(/有效高企 6 家 \/ 在园企业 20 家。 有记录但当日无效 2 家，无记录 12 家。/),
  ).toBeDefined();
  expect(screen.getByText(/参考线 40%/)).toBeDefined();
  expect(screen.getByText(/截至 2026-11-23 · 在园企业 20 家/)).toBeDefined();
  expect(screen.getByText(/2020浦江创新论坛/)).toBeDefined();
});

test("without a firm in incubation there is no rate", async () => {
  const none = { firms: 0, met: 0, lapsed: 0, unrecorded: 0, tenths: null };
  const park = {
    ...MONTH.park,
    high_tech: { ...MONTH.park.high_tech, ...none },
    financed: { ...MONTH.park.financed, ...none },
  };
  showApp({ page: "month", month: "2026-11" }, { ...ledger(), "cases.month": () => ({ ...MONTH, park }) });
  expect(await screen.findByText(/有效高企 0 家 \/ 在园企业 0 家。/)).toBeDefined();
  expect(screen.getAllByText("—")).toHaveLength(2);
  expect(screen.queryByText("0.0%")).toBeNull();
});
