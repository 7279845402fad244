import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { TableViews } from "../gen/wire";
import { expectAccessible, showApp } from "../test/render";
import { shownOf } from "./views";

const cell = () => null;

test("the first column stays, and what stood under a hidden one stands by itself", () => {
  const columns = [
    { key: "number", title: "编号", width: "1px", cell },
    { key: "verdict", title: "结论", width: "1px", cell },
    { key: "outcome", title: "决定", width: "1px", under: "verdict", cell },
  ];
  const shown = shownOf(columns, ["number", "verdict"]);
  expect(shown.map(({ key, under }) => [key, under])).toEqual([
    ["number", undefined],
    ["outcome", undefined],
  ]);
});

/** A ledger whose views are kept as the program keeps them. */
function ledger(first: Partial<TableViews> = {}) {
  let views: TableViews = { table: "cases", filters: [], hidden: [], ...first };
  return showApp(
    { page: "cases" },
    {
      "views.get": () => views,
      "views.save": (given) => {
        views = given;
        return views;
      },
    },
  );
}

test("what is searched for gets a name and is found again by it", async () => {
  const { user, host } = ledger();
  await user.type(await screen.findByPlaceholderText(/名称/), "星河");
  await user.click(screen.getByRole("button", { name: /查\s?询/ }));
  await user.click(screen.getByRole("button", { name: /筛选方案/ }));
  await user.click(await screen.findByRole("menuitem", { name: "保存当前条件…" }));
  const dialog = await screen.findByRole("dialog");
  await expectAccessible();
  await user.type(within(dialog).getByLabelText("方案名称"), "星河的");
  await user.click(within(dialog).getByRole("button", { name: /保\s?存/ }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(host.asked("views.save")[0]?.filters[0]?.name).toBe("星河的");
  await user.click(screen.getByRole("button", { name: /重\s?置/ }));
  await user.click(screen.getByRole("button", { name: /筛选方案/ }));
  await user.click(await screen.findByRole("menuitem", { name: "星河的" }));
  await waitFor(() => expect(host.asked("cases.list").at(-1)?.text).toBe("星河"));
  expect(screen.getByPlaceholderText(/名称/)).toHaveProperty("value", "星河");
});

test("a column that nobody wants is left out until it is wanted again", async () => {
  const { user } = ledger();
  expect(await screen.findByRole("columnheader", { name: "核验结论" })).toBeDefined();
  await user.click(screen.getByRole("button", { name: /显示的列/ }));
  await user.click(await screen.findByRole("checkbox", { name: "核验结论" }));
  await waitFor(() => expect(screen.queryByRole("columnheader", { name: "核验结论" })).toBeNull());
  await expectAccessible();
  await user.click(screen.getByRole("checkbox", { name: "核验结论" }));
  expect(await screen.findByRole("columnheader", { name: "核验结论" })).toBeDefined();
});
