import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { FIRM, session, answers as sessionOf } from "../test/data/session";
import { expectAccessible, showApp, showPart } from "../test/render";
import { turned } from "./sorting";
import { type Column, WindowedTable } from "./WindowedTable";

interface Firm {
  name: string;
  day: string;
}

const COLUMNS: Column<Firm>[] = [
  { key: "name", title: "名称", width: "1fr", by: ({ name }) => name, cell: ({ name }) => name },
  { key: "day", title: "日期", width: "1fr", cell: ({ day }) => day },
];
const FIRMS = ["星河10", "安徽", "重庆", "星河9", "Beta", "合肥"].map((name, index) => ({
  name,
  day: `2026-11-0${index + 1}`,
}));

const table = (
  <WindowedTable
    name="firms"
    columns={COLUMNS}
    rows={FIRMS}
    rowKey={({ name }) => name}
    more={() => {}}
    whole
    busy={false}
    empty=""
  />
);

const names = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.querySelector("td")?.textContent);

test("a click on its head sorts a column by pinyin, the next one downwards, a third one as it came", async () => {
  const { user } = showPart(table);
  const head = await screen.findByRole("columnheader", { name: /名称/ });
  const given = FIRMS.map(({ name }) => name);
  expect([head.getAttribute("aria-sort"), names()]).toEqual(["none", given]);
  const button = within(head).getByRole("button");
  const upwards = ["Beta", "安徽", "重庆", "合肥", "星河9", "星河10"];
  await user.click(button);
  const up = names();
  expect(up.filter((name) => name !== "Beta")).toEqual(upwards.slice(1));
  expect(head.getAttribute("aria-sort")).toBe("ascending");
  await expectAccessible();
  button.focus();
  await user.keyboard("{Enter}");
  expect([head.getAttribute("aria-sort"), names()]).toEqual(["descending", [...up].reverse()]);
  await user.keyboard("{Enter}");
  expect([head.getAttribute("aria-sort"), names()]).toEqual(["none", given]);
});

test("a column without an order of its own is no button", async () => {
  showPart(table);
  const head = await screen.findByRole("columnheader", { name: "日期" });
  expect([within(head).queryByRole("button"), head.getAttribute("aria-sort")]).toEqual([null, null]);
});

test("another column begins upwards", () => {
  expect(turned({ key: "name", down: true }, "day")).toEqual({ key: "day", down: false });
});

test("lists that are asked for page by page are put in order by the program alone, by name where asked", async () => {
  const { host, user } = showApp({ page: "cases" });
  await screen.findAllByRole("row");
  expect(document.querySelectorAll(".windowed-sort")).toHaveLength(1);
  const head = screen.getByRole("columnheader", { name: /^企业/ });
  expect(head.getAttribute("aria-sort")).toBe("none");
  await user.click(within(head).getByRole("button"));
  expect(host.asked("cases.list").at(-1)).toMatchObject({ by_name: true, after: null });
  const turned = await screen.findByRole("columnheader", { name: /^企业/ });
  expect(turned.getAttribute("aria-sort")).toBe("ascending");
  await user.click(within(turned).getByRole("button"));
  expect(host.asked("cases.list").at(-1)).toMatchObject({ by_name: false });
});

test.each([
  ["register", "register.list", /^企业名称/],
  ["issued", "issue.list", /^企业/],
] as const)(
  "%s comes by name when its head is clicked, whatever is searched for then",
  async (page, word, title) => {
    const { host, user } = showApp({ page });
    await user.click(within(await screen.findByRole("columnheader", { name: title })).getByRole("button"));
    expect(host.asked(word).at(-1)).toMatchObject({ by_name: true });
    await user.click(screen.getByRole("button", { name: "查询" }));
    expect(host.asked(word).at(-1)).toMatchObject({ by_name: true });
  },
);

test("a firm sorts its credentials, and finds the order again when it comes back", async () => {
  const { user } = showApp({ page: "held" }, sessionOf(session({ profile: FIRM })));
  const head = () => screen.findByRole("columnheader", { name: /^凭证/ });
  await user.click(within(await head()).getByRole("button"));
  const [, first] = await screen.findAllByRole("row");
  await user.click(first as HTMLElement);
  await user.click(await screen.findByRole("button", { name: "返回" }));
  expect((await head()).getAttribute("aria-sort")).toBe("ascending");
});
