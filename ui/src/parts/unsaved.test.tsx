// What was typed into a form is there again after another page, is given up by whoever says so, and goes once it is done.

import { screen, waitFor, within } from "@testing-library/react";
import type userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Route } from "../route";
import { FIRM, session, answers as sessionOf } from "../test/data/session";
import type { Answers } from "../test/fakeHost";
import { expectAccessible, showApp } from "../test/render";

const firm = sessionOf(session({ profile: FIRM }));
const incubator: Answers = {};
const FOUND = "这里有上次离开时没有保存的修改";

type User = ReturnType<typeof userEvent.setup>;

/** To another page by the menu, and to the form again as a person comes to it. */
type Way = (user: User) => Promise<void>;
const menu = async (user: User, name: string) =>
  user.click(
    within(await screen.findByRole("navigation", { name: "主菜单" })).getByRole("button", {
      name: new RegExp(`^${name}`),
    }),
  );
const by =
  (line: string, button: RegExp): Way =>
  async (user) => {
    await menu(user, "使用说明");
    await menu(user, line);
    await user.click(await screen.findByRole("button", { name: button }));
  };

const FORMS: [string, Route, Answers, RegExp, Way][] = [
  ["签发凭证", { page: "issue", firms: [] }, incubator, /^编号/, by("签发", /^签发凭证/)],
  ["新增企业", { page: "firm", id: null }, incubator, /^企业名称/, by("在园企业名册", /新增企业/)],
  ["新建请求", { page: "newRequest" }, incubator, /^只请这家企业答复/, by("请求与决定", /新建请求/)],
  ["自行录入企业自述", { page: "declare" }, firm, /./, by("资质凭证", /企业自述/)],
];

test.each(FORMS)(
  "%s: what was typed is there again, until it is given up",
  async (_, route, own, name, way) => {
    const { user } = showApp(route, own);
    const field = async () =>
      (await screen.findAllByRole<HTMLInputElement>("textbox", { name }))[0] as HTMLInputElement;
    await user.type(await field(), "没写完");
    expect(screen.queryByText(FOUND)).toBeNull();
    await way(user);
    expect((await field()).value).toBe("没写完");
    expect(screen.getByText(FOUND)).toBeDefined();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "放弃修改" }));
    expect((await field()).value).toBe("");
    await way(user);
    expect((await field()).value).toBe("");
    expect(screen.queryByText(FOUND)).toBeNull();
  },
);

test("what was issued is no unsaved work", async () => {
  const { host, user } = showApp({ page: "issue", firms: ["firm-1"] });
  await user.type(await screen.findByRole("textbox", { name: "编号" }), "HF-9");
  host.choices.push("/out");
  await user.click(screen.getByRole("button", { name: "签发 1 份" }));
  await user.type(
    within(await screen.findByRole("dialog")).getByLabelText(/口令/),
    "一句足够长的口令{Enter}",
  );
  await waitFor(() => expect(host.asked("issue.issue")).toHaveLength(1));
  await by("签发", /^签发凭证/)(user);
  expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "编号" })).value).toBe("");
  expect(screen.queryByText(FOUND)).toBeNull();
});

test("whoever comes from a firm issues to that one, with what was typed before", async () => {
  const { user } = showApp({ page: "issue", firms: ["firm-1"] });
  await user.type(await screen.findByRole("textbox", { name: "编号" }), "HF-9");
  await menu(user, "在园企业名册");
  await user.click((await screen.findAllByText(/有限公司【演示】3$/))[0] as HTMLElement);
  await user.click(await screen.findByRole("button", { name: "签发凭证" }));
  expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "编号" })).value).toBe("HF-9");
  expect(screen.getByRole("button", { name: "签发 1 份" })).toBeDefined();
});

test("a new desk's name is kept, and its passphrase is not", async () => {
  const { user } = showApp(
    { page: "home" },
    sessionOf(session({ database: "none", profile: null, waiting: null })),
  );
  const to = async () => user.click(await screen.findByRole("button", { name: "为孵化器建立数据库" }));
  await to();
  await user.type(await screen.findByRole("textbox", { name: /单位全称/ }), "新孵化器");
  await user.type(screen.getByLabelText(/新口令/), "一句足够长的口令");
  await user.click(screen.getByRole("button", { name: /返\s?回/ }));
  await to();
  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: /单位全称/ }).value).toBe("新孵化器"),
  );
  expect(screen.getByLabelText<HTMLInputElement>(/新口令/).value).toBe("");
  expect(screen.getByText(FOUND)).toBeDefined();
});
