// What was typed into a form is there again after another page, is given up by whoever says so, and goes once it is done.

import { act, screen, waitFor, within } from "@testing-library/react";
import type userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Route } from "../route";
import { FIRM, PASSPHRASE, session, answers as sessionOf } from "../test/data/session";
import { type Answers, refused } from "../test/fakeHost";
import { expectAccessible, type Shown, showApp } from "../test/render";

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
  expect(JSON.stringify(host.asked("unsaved.keep"))).toContain("HF-9");
  expect(JSON.stringify(host.asked("unsaved.keep"))).not.toContain("一句足够长的口令");
  expect(host.asked("unsaved.drop")).toEqual([{ form: "issue" }]);
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

const typedName = async () =>
  (await screen.findByRole<HTMLInputElement>("textbox", { name: /^企业名称/ })).value;
const last = (host: Shown["host"]) => host.asked("unsaved.keep").at(-1);
const lock = async ({ user }: Shown) => {
  await user.keyboard("{Control>}l{/Control}");
  await screen.findAllByText("已锁定");
};
const unlock = async ({ user }: Shown) => {
  await user.type(await screen.findByLabelText(/口令或恢复密钥/), `${PASSPHRASE}{Enter}`);
};

test("the last key before a lock is kept, and is in its field after it", async () => {
  const shown = showApp({ page: "firm", id: null });
  await shown.user.type(await screen.findByRole("textbox", { name: /^企业名称/ }), "没写完");
  await lock(shown);
  const words = shown.host.calls.map(({ word }) => word);
  expect(words.lastIndexOf("unsaved.keep")).toBeLessThan(words.indexOf("session.lock"));
  await unlock(shown);
  expect(await typedName()).toBe("没写完");
  expect(screen.getByText(FOUND)).toBeDefined();
});

test("a drill has forms of its own", async () => {
  const { user } = showApp({ page: "firm", id: null });
  await user.type(await screen.findByRole("textbox", { name: /^企业名称/ }), "没写完");
  await menu(user, "设置");
  await user.click(await screen.findByRole("button", { name: /以孵化器/ }));
  await screen.findByText(/演练模式：/);
  await menu(user, "在园企业名册");
  await user.click(await screen.findByRole("button", { name: /新增企业/ }));
  expect(await typedName()).toBe("");
});

test("before the window closes the page keeps the last key, and then says so", async () => {
  const { host, user } = showApp({ page: "firm", id: null });
  await user.type(await screen.findByRole("textbox", { name: /^企业名称/ }), "没写完");
  act(() => host.emit({ event: "keep_now" }));
  await waitFor(() => expect(host.asked("session.kept")).toHaveLength(1));
  const words = host.calls.map(({ word }) => word);
  expect(words.lastIndexOf("unsaved.keep")).toBeLessThan(words.indexOf("session.kept"));
  expect(last(host)?.typed).toContain("没写完");
});

test("what the program does not keep is told above every page, until it is kept", async () => {
  let full = true;
  const { user } = showApp(
    { page: "firm", id: null },
    { "unsaved.keep": () => (full ? refused("UNSAVED-LARGE", "一张表单里输入的内容太多") : {}) },
  );
  const field = await screen.findByRole("textbox", { name: /^企业名称/ });
  await user.type(field, "长");
  const banner = (await screen.findByText(/一张表单里输入的内容太多/)).closest("[role=alert]") as HTMLElement;
  expect(banner.textContent).toContain("UNSAVED-LARGE");
  await expectAccessible();
  full = false;
  await user.type(field, "短");
  await waitFor(() => expect(screen.queryByText(/一张表单里输入的内容太多/)).toBeNull());
});

test.each([
  ["what cannot be read", () => refused("DB-DAMAGED", "数据库文件已损坏")],
  [
    "what was kept in another shape",
    () => ({ forms: [{ form: "register ", typed: '{"shape":0,"typed":7}' }] }),
  ],
  ["what is no JSON", () => ({ forms: [{ form: "register ", typed: "{" }] })],
])("%s keeps no form from being filled in anew", async (_, read) => {
  showApp({ page: "firm", id: null }, { "unsaved.read": read });
  expect(await typedName()).toBe("");
  expect(screen.queryByText(FOUND)).toBeNull();
});

test("of a firm only what was changed is kept", async () => {
  const { host, user } = showApp({ page: "firm", id: "firm-1" });
  const field = await screen.findByRole("textbox", { name: /联系人/ });
  await user.clear(field);
  await user.type(field, "王某");
  await waitFor(() => expect(last(host)?.typed).toContain("王某"));
  expect(JSON.parse(last(host)?.typed ?? "")).toEqual({ shape: 1, typed: { contact_name: "王某" } });
});

test("the remark of a step is there again until the step is done", async () => {
  const { host, user } = showApp({ page: "case", id: "case-20" });
  const open = async () => {
    await user.click(await screen.findByRole("button", { name: "受理" }));
    return within(await screen.findByRole("dialog"));
  };
  const note = (dialog: Awaited<ReturnType<typeof open>>) =>
    dialog.getByLabelText<HTMLTextAreaElement>("备注");
  const close = async (dialog: Awaited<ReturnType<typeof open>>, name: RegExp) => {
    await user.click(dialog.getByRole("button", { name }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  };
  const first = await open();
  await user.type(note(first), "原件已核");
  await close(first, /取\s?消/);
  const second = await open();
  expect(note(second).value).toBe("原件已核");
  expect(second.getByText(FOUND)).toBeDefined();
  await expectAccessible();
  await user.click(second.getByRole("button", { name: "放弃修改" }));
  expect(note(second).value).toBe("");
  await user.type(note(second), "材料齐");
  await close(second, /受\s?理/);
  expect(host.asked("cases.accept")[0]?.note).toBe("材料齐");
  await waitFor(() => expect(host.asked("unsaved.drop").at(-1)?.form).toBe("cases cases.accept case-20"));
});
