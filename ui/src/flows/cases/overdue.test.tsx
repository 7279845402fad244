import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { caseLine } from "../../test/data/cases";
import { session, answers as sessionOf } from "../../test/data/session";
import { expectAccessible, showApp } from "../../test/render";

const { waiting } = session();
const desk = (overdue: number) => sessionOf(session({ waiting: waiting && { ...waiting, overdue } }));
const WORDS = "有 2 件办件的补正期限已过，企业还没有交来材料";

test("the first page tells of cases that are overdue, and leads to them", async () => {
  const { host, user } = showApp({ page: "home" }, desk(2));
  expect(await screen.findByText(WORDS)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "查看逾期的办件" }));
  await waitFor(() => expect(host.asked("cases.list")[0]).toMatchObject({ overdue: true }));
  expect(await screen.findByRole("checkbox", { name: /已过期限的/ })).toHaveProperty("checked", true);
});

test("where nothing is overdue nothing is told", async () => {
  showApp({ page: "home" }, desk(0));
  expect(await screen.findByRole("button", { name: "选择档案…" })).toBeDefined();
  expect(screen.queryByText(/补正期限已过/)).toBeNull();
});

test("the ledger marks an overdue case, also one that is decided, and shows only these when asked to", async () => {
  const line = { ...caseLine(3), due: "2026-11-20", overdue: true } as const;
  const late = { ...line, state: "decided", outcome: "supplement_required" } as const;
  const { host, user } = showApp(
    { page: "cases" },
    { ...desk(2), "cases.list": () => ({ cases: [late], next: null }) },
  );
  expect((await screen.findByText("逾期")).closest(".mark.fail")).not.toBeNull();
  for (const text of [late.number, "2026-11-20", "需补充材料"]) expect(screen.getByText(text)).toBeDefined();
  await user.click(screen.getByRole("button", { name: "查看逾期的办件" }));
  await waitFor(() => expect(host.asked("cases.list").at(-1)).toMatchObject({ overdue: true }));
  expect(screen.queryByText(WORDS)).toBeNull();
  await user.click(screen.getByRole("button", { name: /重\s?置/ }));
  await waitFor(() => expect(screen.getByText(WORDS)).toBeDefined());
});
