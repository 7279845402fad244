import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { PAGES } from "../flows";
import type { PageName } from "../route";
import { FIRM, INCUBATOR, PASSPHRASE, session, answers as sessionOf } from "../test/data/session";
import { HEFEI } from "../test/data/verify";
import { expectAccessible, showApp } from "../test/render";
import { lineOf, offeredTo } from "./Menu";

const start = { page: "verify", path: null } as const;

test("the first screen verifies without a database and without a login", async () => {
  const shut = session({ database: "none", profile: null, waiting: null });
  const { host, user } = showApp(start, sessionOf(shut));
  host.choices.push(HEFEI.path);
  await user.click(await screen.findByRole("button", { name: "选择档案…" }));
  expect(await screen.findByRole("heading", { name: "有条件通过" })).toBeDefined();
  expect(host.asked("verify.file")).toEqual([{ path: HEFEI.path, identity: null }]);
});

test("a dossier dropped on the window is verified, wherever the person is", async () => {
  const { host } = showApp(start);
  await screen.findByRole("button", { name: "选择档案…" });
  act(() => host.drop.dropped([HEFEI.path]));
  expect(await screen.findByRole("heading", { name: "有条件通过" })).toBeDefined();
});

test("a database that was found damaged is told on every page, with the way to a backup", async () => {
  const told = { zh: "数据库文件已损坏。", en: "The database is damaged." };
  const advice = { zh: "请从备份恢复。", en: "Restore a backup." };
  const damaged = { code: "DB-DAMAGED", fact: told, advice, cause: null } as const;
  const { user } = showApp(start, sessionOf(session({ damaged })));
  const banner = (await screen.findByText(/数据库文件已损坏/)).closest("[role=alert]") as HTMLElement;
  expect(banner.textContent).toContain("DB-DAMAGED");
  await expectAccessible();
  await user.click(within(banner).getByRole("button", { name: "备份与维护" }));
  expect(await screen.findByRole("heading", { level: 1, name: "备份与维护" })).toBeDefined();
});

test("the menu says where a page is, also one that has no line of its own", async () => {
  const current = () => document.querySelectorAll(".menu [aria-current]");
  const { user } = showApp({ page: "cases" });
  await user.click(await screen.findByText("收〔2026〕99999"));
  await screen.findByRole("button", { name: "返回" });
  expect(current()).toHaveLength(1);
  expect(current()[0]?.textContent).toContain("台账");
  expect(current()[0]?.getAttribute("aria-current")).toBe("true");
  await user.click(screen.getByRole("button", { name: /^信任数据/ }));
  expect(current()).toHaveLength(1);
  expect(current()[0]?.getAttribute("aria-current")).toBe("page");
});

test("the data's date and age stand on every page", async () => {
  showApp(start);
  expect(await screen.findByText(/1 天前/)).toBeDefined();
  expect(screen.getByText("2026-11-22 10:00")).toBeDefined();
});

test("trust data that are missing or past their end are said and not left blank", async () => {
  const bare = { ...session().trust, present: false, timestamp: null, age_seconds: null };
  showApp(start, sessionOf(session({ trust: bare })));
  expect(await screen.findByText(/还没有信任数据/)).toBeDefined();
});

test("locking takes every name from the screen, and Ctrl+L does it from inside a field", async () => {
  const { user } = showApp(start);
  expect(await screen.findByText("松江科创孵化器【演示】")).toBeDefined();
  await user.keyboard("{Control>}l{/Control}");
  await waitFor(() => expect(screen.queryByText("松江科创孵化器【演示】")).toBeNull());
  expect(screen.getByText("已锁定")).toBeDefined();
});

test("the language changes without a restart", async () => {
  const { user, host } = showApp(start);
  await user.click(await screen.findByRole("button", { name: /English/ }));
  expect(await screen.findByRole("button", { name: "Choose a dossier…" })).toBeDefined();
  expect(document.documentElement.lang).toBe("en");
  expect(host.asked("session.save_settings")[0]?.language).toBe("en");
});

test("the drill carries its watermark and its banner", async () => {
  showApp(start, sessionOf(session({ drill: true })));
  expect(await screen.findByText(/演练模式：/)).toBeDefined();
  expect(document.querySelector(".watermark")).not.toBeNull();
});

test("what waits since a restore stands on the first screen, with a number at its entry of the menu", async () => {
  const waiting = {
    open_cases: 0,
    overdue: 0,
    notices: 0,
    expiring: 0,
    requests: 0,
    backup_due: false,
    after_restore: 2,
  };
  const { user } = showApp(start, sessionOf(session({ waiting })));
  expect(await screen.findByText(/还有事没有核对/)).toBeDefined();
  const menu = screen.getByRole("navigation", { name: "主菜单" });
  expect(within(menu).getByRole("button", { name: /^签发.*2/ })).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "去处理" }));
  await screen.findByRole("heading", { name: "签发" });
  // There the page itself says what.
  expect(screen.queryByText(/还有事没有核对/)).toBeNull();
});

test("without a restore nothing of it is said", async () => {
  showApp(start);
  await screen.findByRole("button", { name: "选择档案…" });
  expect(screen.queryByText(/还有事没有核对/)).toBeNull();
});

test("the menu shows what the role does", async () => {
  showApp(start, sessionOf(session({ profile: FIRM })));
  const menu = await screen.findByRole("navigation", { name: "主菜单" });
  expect(within(menu).queryByRole("button", { name: "核验" })).toBeNull();
});

test("nothing in the frame is in the way of those who cannot see it", async () => {
  showApp(start, sessionOf(session({ drill: true, clock_behind: true })));
  await screen.findByRole("button", { name: "选择档案…" });
  await expectAccessible();
});

test("a drill ends only once somebody has said so twice", async () => {
  const { host, user } = showApp(start, sessionOf(session({ drill: true })));
  await user.click(await screen.findByRole("button", { name: "结束演练" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText(/都会删除/)).toBeDefined();
  expect(host.asked("session.end_drill")).toEqual([]);
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "结束演练" }));
  await waitFor(() => expect(host.asked("session.end_drill")).toEqual([{}]));
});

test("a firm that unlocks goes home, and to the file where it looks at one", async () => {
  const firm = session({ profile: FIRM });
  for (const [path, page] of [
    [null, "首页"],
    ["/a.zzdossier", "核验结果"],
  ] as const) {
    let open = false;
    const { user, host } = showApp(
      { page: "verify", path },
      {
        "session.status": () => (open ? firm : session({ database: "locked", profile: null, waiting: null })),
        "session.unlock": () => {
          open = true;
          return firm;
        },
      },
    );
    await user.click(await screen.findByRole("button", { name: "解锁…" }));
    await user.type(await screen.findByLabelText("口令或恢复密钥"), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByRole("heading", { level: 1, name: page })).toBeDefined();
    expect(host.asked("session.unlock")).toHaveLength(1);
    expect(screen.getByRole("button", { name: /首页/ }).getAttribute("aria-current")).not.toBeNull();
    cleanup();
  }
});

test.each([INCUBATOR, FIRM])("every page has a line of the menu that is lit, for $name", (profile) => {
  const offered = offeredTo(session({ profile }));
  const dark = (Object.keys(PAGES) as PageName[]).filter(
    (page) => page !== "unlock" && !lineOf(offered, page),
  );
  expect(dark).toEqual([]);
  expect(lineOf(offered, "verify")?.label).toBe(profile === FIRM ? "home-menu" : "verify-menu");
});
