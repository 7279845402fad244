import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Refusal, Remembered } from "../../gen/wire";
import {
  FIRM,
  INCUBATOR,
  PASSPHRASE,
  RECOVERY_KEY,
  session,
  answers as sessionOf,
  wrongPassphrase,
} from "../../test/data/session";
import { refused } from "../../test/fakeHost";
import { expectAccessible, type Shown, showApp } from "../../test/render";
import { strengthOf } from "./strength";

const none = () => sessionOf(session({ database: "none", profile: null, waiting: null }));
const LAST = RECOVERY_KEY.split("-").at(-1) ?? "";
const GOOD = "春眠不觉晓2026处处闻啼鸟";

afterEach(() => vi.useRealTimers());

/** Fills a field at once: every key by itself takes its time in jsdom. */
async function fill(user: Shown["user"], field: HTMLElement, text: string) {
  await user.clear(field);
  await user.click(field);
  await user.paste(text);
}

async function create(role: "企业" | "孵化器" = "孵化器") {
  const shown = showApp({ page: "home" }, none());
  const { user } = shown;
  await user.click(await screen.findByRole("button", { name: `为${role}建立数据库` }));
  await fill(user, screen.getByLabelText(/统一社会信用代码/), INCUBATOR.uscc.toLowerCase());
  await fill(user, screen.getByLabelText(/单位全称/), INCUBATOR.name);
  await user.type(screen.getByLabelText(/所在地区/), "松江");
  await user.click(await screen.findByTitle("上海市松江区"));
  await fill(user, screen.getByLabelText(/新口令/), GOOD);
  await fill(user, screen.getByLabelText(/再输入一遍/), GOOD);
  return shown;
}

test("the first start offers firm, incubator and drill, and verifying without any of it", async () => {
  const { user } = showApp({ page: "home" }, none());
  expect(await screen.findByRole("heading", { level: 1, name: "开始使用资质通" })).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: /直接核验一份档案/ }));
  expect(await screen.findByRole("button", { name: "选择档案…" })).toBeDefined();
});

test("a code is judged while it is typed, and only a whole one is called wrong", async () => {
  const { user } = showApp({ page: "home" }, none());
  await user.click(await screen.findByRole("button", { name: "为企业建立数据库" }));
  const field = screen.getByLabelText(/统一社会信用代码/);
  await user.type(field, "9131");
  expect(await screen.findByText("已输入 4 位，共 18 位")).toBeDefined();
  await user.type(field, "0117DEM000030X");
  expect(await screen.findByText(/最后一位应为/)).toBeDefined();
  await user.clear(field);
  await user.type(field, FIRM.uscc);
  expect(await screen.findByText("校验相符")).toBeDefined();
  await expectAccessible();
});

test("two different passphrases, or one that is too short, make no database", async () => {
  const { user, host } = await create();
  const again = screen.getByLabelText(/再输入一遍/);
  await user.type(again, "X");
  expect(screen.getByText("两次输入不一致")).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "建立数据库" }).disabled).toBe(true);
  await user.clear(screen.getByLabelText(/新口令/));
  await user.type(screen.getByLabelText(/新口令/), "1234567");
  expect(screen.getByText(/太容易猜到/)).toBeDefined();
  expect(host.asked("session.create")).toEqual([]);
});

test("the recovery key stays until its last group was typed, whatever happens to the pages below", async () => {
  const { user, host } = await create();
  await user.click(screen.getByRole("button", { name: "建立数据库" }));
  const dialog = await screen.findByRole("dialog", { name: "恢复密钥" });
  expect(host.asked("session.create")[0]?.profile.region).toBe("310117");
  for (const group of RECOVERY_KEY.split("-")) expect(within(dialog).getByText(group)).toBeDefined();
  await expectAccessible();
  await user.keyboard("{Escape}");
  act(() => host.emit({ event: "locked" }));
  expect(screen.getByRole("dialog", { name: "恢复密钥" })).toBeDefined();
  const done = screen.getByRole<HTMLButtonElement>("button", { name: "已记下，开始使用" });
  const field = screen.getByLabelText(/输入第 11 组/);
  await user.type(field, "AAAAA");
  expect(done.disabled).toBe(true);
  expect(screen.getByText(/与第一次显示的不同/)).toBeDefined();
  await user.clear(field);
  await user.type(field, LAST.toLowerCase());
  await user.click(done);
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "恢复密钥" })).toBeNull());
});

test("what is opened, dropped or chosen from the menu waits until the recovery key was written down", async () => {
  const { user, host } = await create();
  await user.click(screen.getByRole("button", { name: "建立数据库" }));
  await screen.findByRole("dialog", { name: "恢复密钥" });
  act(() => host.emit({ event: "opened", paths: ["/demo/旧【演示】.zztrust"] }));
  act(() => host.drop.dropped(["/demo/新【演示】.zztrust"]));
  act(() => host.emit({ event: "menu", entry: "shortcuts" }));
  await act(async () => new Promise((later) => setTimeout(later, 50)));
  expect(host.asked("trust.import")).toEqual([]);
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  await user.type(screen.getByLabelText(/输入第 11 组/), LAST);
  await user.click(screen.getByRole("button", { name: "已记下，开始使用" }));
  await waitFor(() =>
    expect(host.asked("trust.import").map(({ path }) => path)).toEqual(["/demo/新【演示】.zztrust"]),
  );
});

test("a copied recovery key leaves the clipboard after ten seconds", async () => {
  const { user, host } = await create();
  await user.click(screen.getByRole("button", { name: "建立数据库" }));
  await screen.findByRole("dialog", { name: "恢复密钥" });
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  await user.click(screen.getByRole("button", { name: /复制/ }));
  expect(host.copied).toEqual([RECOVERY_KEY]);
  await act(async () => {
    await vi.advanceTimersByTimeAsync(9_000);
  });
  expect(host.copied).toHaveLength(1);
  await act(async () => {
    await vi.advanceTimersByTimeAsync(1_000);
  });
  expect(host.copied.at(-1)?.trim()).toBe("");
});

test("what the clipboard's history is asked, and that it could not be asked, stand beside the copied key", async () => {
  const { user, host } = await create();
  await user.click(screen.getByRole("button", { name: "建立数据库" }));
  await screen.findByRole("dialog", { name: "恢复密钥" });
  await user.click(screen.getByRole("button", { name: /复制/ }));
  expect(await screen.findByText(/已要求剪贴板历史不记录.*仍可能留有一份/)).toBeDefined();
  host.forNoHistory = false;
  await user.click(screen.getByRole("button", { name: /复制/ }));
  expect(await screen.findByText(/没能要求剪贴板历史不记录.*请在其中删去/)).toBeDefined();
  await expectAccessible();
});

test("a lock takes a copied recovery key out of the clipboard at once", async () => {
  const { user, host } = await create();
  await user.click(screen.getByRole("button", { name: "建立数据库" }));
  await screen.findByRole("dialog", { name: "恢复密钥" });
  await user.click(screen.getByRole("button", { name: /复制/ }));
  await waitFor(() => expect(host.copied).toEqual([RECOVERY_KEY]));
  await host.call("session.lock", {});
  act(() => host.emit({ event: "locked" }));
  await waitFor(() => expect(host.copied).toEqual([RECOVERY_KEY, ""]));
});

test("the recovery key is printed by the window", async () => {
  const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
  const { user } = await create();
  await user.click(screen.getByRole("button", { name: "建立数据库" }));
  await screen.findByRole("dialog", { name: "恢复密钥" });
  await user.click(screen.getByRole("button", { name: /打印/ }));
  expect(print).toHaveBeenCalledOnce();
  await user.keyboard("{Control>}p{/Control}");
  expect(print).toHaveBeenCalledTimes(2);
  print.mockRestore();
});

test("a wrong passphrase is told in its place, and the right one opens", async () => {
  const locked = sessionOf(session({ database: "locked", profile: null, waiting: null }));
  const { user } = showApp(
    { page: "home" },
    {
      ...locked,
      "session.unlock": (request) =>
        request.secret === PASSPHRASE
          ? (locked["session.unlock"]?.(request) ?? session())
          : wrongPassphrase(),
    },
  );
  const field = await screen.findByLabelText("口令或恢复密钥");
  await user.type(field, "not this one{Enter}");
  expect(await screen.findByText("KEY-PASSPHRASE")).toBeDefined();
  await expectAccessible();
  await user.type(field, `${PASSPHRASE}{Enter}`);
  // An incubator's day begins at the verification.
  expect(await screen.findByRole("button", { name: "选择档案…" })).toBeDefined();
});

test("where a damaged database has to be restored, the button stands with the sentence", async () => {
  const { user } = showApp(
    { page: "home" },
    {
      ...sessionOf(session({ database: "locked", profile: null, waiting: null })),
      "session.unlock": () => refused("DB-DAMAGED", "数据库里的内容与存入时不符"),
    },
  );
  await user.type(await screen.findByLabelText("口令或恢复密钥"), `${PASSPHRASE}{Enter}`);
  const told = (await screen.findByText("DB-DAMAGED")).closest<HTMLElement>("[role=alert]");
  if (!told) throw new Error("the code stands in no alert");
  await expectAccessible();
  await user.click(within(told).getByRole("button", { name: "从备份恢复" }));
  expect(await screen.findByRole("button", { name: "选择备份文件…" })).toBeDefined();
});

const LOST: Refusal = {
  code: "KEYCHAIN-LOST",
  fact: { zh: "系统钥匙串里打开这个数据库的条目不见了。", en: "The keychain's entry is gone." },
  advice: { zh: "请输入口令打开。", en: "Open it with the passphrase." },
  cause: null,
};
const BOX = /在这台电脑上记住，下次不用输入口令/;

const locked = (remembered: Partial<Remembered> = {}, drill = false) =>
  sessionOf(
    session({
      database: "locked",
      profile: null,
      waiting: null,
      drill,
      remembered: { on: false, asking: false, why_not: null, ...remembered },
    }),
  );

test("a computer remembers only where the box was ticked, and the box says what follows", async () => {
  const { user, host } = showApp({ page: "home" }, locked());
  const box = await screen.findByRole<HTMLInputElement>("checkbox", { name: BOX });
  expect(box.checked).toBe(false);
  expect(
    screen.getByText(/能用这个系统账户的人都能打开数据库查看，锁定以后重新启动程序也一样；签署仍要口令/),
  ).toBeDefined();
  await expectAccessible();
  await user.click(box);
  await user.type(screen.getByLabelText("口令或恢复密钥"), `${PASSPHRASE}{Enter}`);
  await screen.findByRole("button", { name: "选择档案…" });
  expect(host.asked("session.unlock")).toEqual([{ secret: PASSPHRASE, remember: true }]);
});

test("who leaves the box alone is not remembered", async () => {
  const { user, host } = showApp({ page: "home" }, locked());
  await user.type(await screen.findByLabelText("口令或恢复密钥"), `${PASSPHRASE}{Enter}`);
  await screen.findByRole("button", { name: "选择档案…" });
  expect(host.asked("session.unlock")).toEqual([{ secret: PASSPHRASE, remember: false }]);
});

test("why the keychain did not open is told with its code, and the passphrase opens", async () => {
  const { user, host } = showApp({ page: "home" }, locked({ on: true, why_not: LOST }));
  expect(await screen.findByText("KEYCHAIN-LOST")).toBeDefined();
  expect(screen.getByText("请输入口令打开。")).toBeDefined();
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: BOX }).checked).toBe(true);
  await expectAccessible();
  await user.type(screen.getByLabelText("口令或恢复密钥"), `${PASSPHRASE}{Enter}`);
  await screen.findByRole("button", { name: "选择档案…" });
  expect(host.asked("session.unlock")).toEqual([{ secret: PASSPHRASE, remember: true }]);
});

test("while the keychain is asked the passphrase can be typed", async () => {
  showApp({ page: "home" }, locked({ on: true, asking: true }));
  expect(await screen.findByText(/正在向系统钥匙串取密钥/)).toBeDefined();
  expect(screen.getByLabelText<HTMLInputElement>("口令或恢复密钥").disabled).toBe(false);
});

test("a drill is not remembered", async () => {
  const { user, host } = showApp({ page: "home" }, locked({}, true));
  await user.type(await screen.findByLabelText("口令或恢复密钥"), `${PASSPHRASE}{Enter}`);
  expect(host.asked("session.unlock")).toEqual([{ secret: PASSPHRASE, remember: null }]);
  expect(screen.queryByRole("checkbox", { name: BOX })).toBeNull();
});

test("what the keychain did not keep is told above the open pages until it is put away", async () => {
  const remembered = { on: false, asking: false, why_not: { ...LOST, code: "KEYCHAIN-NONE" } };
  const { user } = showApp({ page: "settings" }, sessionOf(session({ remembered })));
  const code = await screen.findByText("KEYCHAIN-NONE");
  await expectAccessible();
  const banner = code.closest<HTMLElement>(".banner");
  if (!banner) throw new Error("the code stands in no banner");
  await user.click(within(banner).getByRole("button", { name: "关闭" }));
  expect(screen.queryByText("KEYCHAIN-NONE")).toBeNull();
});

test("the settings end it, and say how it begins", async () => {
  const remembered = { on: true, asking: false, why_not: null };
  const { user, host } = showApp({ page: "settings" }, sessionOf(session({ remembered })));
  await user.click(await screen.findByRole("button", { name: "更改口令" }));
  const dialog = await screen.findByRole("dialog", { name: "更改口令" });
  expect(within(dialog).getByText(/这台电脑记住了数据库/)).toBeDefined();
  await user.click(within(dialog).getByRole("button", { name: "取消" }));
  await user.click(screen.getByRole("button", { name: "不再记住" }));
  expect(await screen.findByText("没有记住。解锁时勾选即可。")).toBeDefined();
  expect(host.asked("session.forget")).toEqual([{}]);
});

test("settings are kept as they are changed", async () => {
  const { user, host } = showApp({ page: "settings" });
  await user.click(await screen.findByRole("switch", { name: "大字模式" }));
  await user.click(screen.getByRole("radio", { name: "深色" }));
  await user.click(screen.getByRole("switch", { name: "双人复核" }));
  const saved = host.asked("session.save_settings");
  expect(saved.map(({ large_text, theme, four_eyes }) => [large_text, theme, four_eyes])).toEqual([
    [true, "light", true],
    [true, "dark", true],
    [true, "dark", false],
  ]);
  const operator = screen.getByLabelText("经办人");
  await user.clear(operator);
  await user.type(operator, "经办乙【演示】");
  await waitFor(() => expect(host.asked("session.save_settings").at(-1)?.operator).toBe("经办乙【演示】"));
  host.choices.push("E:\\备份");
  await user.click(screen.getByRole("button", { name: "选择文件夹…" }));
  await waitFor(() => expect(host.asked("session.save_settings").at(-1)?.backup_folder).toBe("E:\\备份"));
});

test("a mistyped name is corrected, and where something was signed the refusal says what to do", async () => {
  let signed = false;
  const own = sessionOf(session({}));
  const { user, host } = showApp({ page: "settings" }, {
    ...own,
    "session.correct_name": (request) =>
      signed
        ? refused("PROFILE-SIGNED", "已经以原来的单位名称签署过文件")
        : own["session.correct_name"]?.(request),
  } as typeof own);
  await user.click(await screen.findByRole("button", { name: "更正…" }));
  const field = screen.getByLabelText("正确的单位全称");
  await expectAccessible();
  await user.clear(field);
  await user.type(field, "更正后的孵化器【演示】");
  await user.click(screen.getByRole("button", { name: "保存名称" }));
  expect(await screen.findByRole("button", { name: "更正…" })).toBeDefined();
  expect(host.asked("session.correct_name")).toEqual([{ name: "更正后的孵化器【演示】" }]);
  signed = true;
  await user.click(screen.getByRole("button", { name: "更正…" }));
  await user.click(screen.getByRole("button", { name: "保存名称" }));
  expect((await screen.findByRole("alert")).textContent).toContain("PROFILE-SIGNED");
});

test("the minutes until the lock are chosen from a list that can be reached by key", async () => {
  const { user, host } = showApp({ page: "settings" });
  await user.click(await screen.findByLabelText("无操作自动锁定"));
  await expectAccessible();
  await user.click(await screen.findByText("30 分钟后"));
  expect(host.asked("session.save_settings").at(-1)?.idle_minutes).toBe(30);
});

test("the passphrase changes only with the present one", async () => {
  const { user, host } = showApp({ page: "settings" });
  await user.click(await screen.findByRole("button", { name: "更改口令" }));
  const dialog = await screen.findByRole("dialog", { name: "更改口令" });
  const present = within(dialog).getByLabelText(/现在的口令/);
  await user.type(present, "wrong");
  await user.type(within(dialog).getByLabelText(/新口令/), GOOD);
  await user.type(within(dialog).getByLabelText(/再输入一遍/), GOOD);
  await user.click(within(dialog).getByRole("button", { name: "更改" }));
  expect(await within(dialog).findByText("KEY-PASSPHRASE")).toBeDefined();
  await expectAccessible();
  await user.type(present, PASSPHRASE);
  await user.click(within(dialog).getByRole("button", { name: "更改" }));
  expect(await screen.findByText("口令已更改")).toBeDefined();
  expect(host.asked("session.change_passphrase").at(-1)).toEqual({ present: PASSPHRASE, next: GOOD });
});

test("without an open database only the look can be set", async () => {
  showApp({ page: "settings" }, none());
  expect(await screen.findByRole("switch", { name: "大字模式" })).toBeDefined();
  expect(screen.queryByLabelText("经办人")).toBeNull();
  await expectAccessible();
});

test.each([
  ["", "refused"],
  ["abc1234", "refused"],
  ["aaaaaaaaaaaa", "refused"],
  ["12345678", "refused"],
  ["abcd1234", "refused"],
  ["19880512", "refused"],
  ["905172863145", "weak"],
  ["password", "weak"],
  ["correct horse", "fair"],
  ["correct horse battery staple", "strong"],
  ["春眠不觉晓处处闻啼鸟", "strong"],
])("a passphrase such as %j is %s", (passphrase, strength) => {
  expect(strengthOf(passphrase)).toBe(strength);
});

test("an incubator's drill that ends leaves the start page, not the page it was on", async () => {
  let status = session({ drill: true });
  const { user } = showApp(
    { page: "verify", path: null },
    {
      "session.status": () => status,
      "session.end_drill": () => {
        status = session({ database: "none", profile: null, waiting: null });
        return status;
      },
    },
  );
  await user.click(await screen.findByRole("button", { name: "结束演练" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "结束演练" }));
  expect(await screen.findByRole("heading", { level: 1, name: "开始使用资质通" })).toBeDefined();
});
