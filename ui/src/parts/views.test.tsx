import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { TableViews } from "../gen/wire";
import type { Route } from "../route";
import { issuedLine } from "../test/data/issue";
import { FIRM, session, answers as sessionOf } from "../test/data/session";
import type { Answers } from "../test/fakeHost";
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

const firm = sessionOf(session({ profile: FIRM }));
const noneIssued: Answers = {
  "issue.list": ({ text }) => ({ credentials: text === "" ? [issuedLine(0)] : [], next: null }),
};

test.each<[Route, string, Answers]>([
  [{ page: "cases" }, "企业、编号", {}],
  [{ page: "register" }, "企业", {}],
  [{ page: "issued" }, "凭证", noneIssued],
  [{ page: "issuers" }, "名称、拼音或代码", {}],
  [{ page: "held" }, "凭证", firm],
  [{ page: "activity" }, "经办人、对象或备注", {}],
])("reset in the empty list of %j empties its search as well", async (page, label, answers) => {
  const { user } = showApp(page, answers);
  await user.type(await screen.findByRole("textbox", { name: label }), "没有这个{Enter}");
  await waitFor(() => expect(screen.getAllByRole("button", { name: "重置" })).toHaveLength(2));
  await user.click(screen.getAllByRole("button", { name: "重置" })[1] as HTMLElement);
  await waitFor(() => expect(screen.getAllByRole("button", { name: "重置" })).toHaveLength(1));
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: label }).value).toBe("");
});
