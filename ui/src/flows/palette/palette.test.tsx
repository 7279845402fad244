import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { HEFEI } from "../../test/data/verify";
import { expectAccessible, showApp } from "../../test/render";

const start = { page: "verify", path: null } as const;
const menu = (entry: string) => ({ event: "menu", entry }) as const;

async function begun(own = {}) {
  const shown = showApp(start, own);
  await screen.findByRole("button", { name: "选择档案…" });
  return shown;
}

test("Ctrl+K finds cases by what the program makes of the letters, and Enter opens one", async () => {
  const { user, host } = await begun();
  await user.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox", { name: "查找" });
  expect(within(screen.getByRole("listbox")).getByText("台账")).toBeDefined();
  await user.click(field);
  await user.paste("hfxh");
  expect(await screen.findByText("收〔2026〕0017 2026-11-20")).toBeDefined();
  await expectAccessible();
  const [first, second] = screen.getAllByRole("option");
  expect(first?.getAttribute("aria-selected")).toBe("true");
  await user.keyboard("{ArrowDown}");
  expect(second?.getAttribute("aria-selected")).toBe("true");
  expect(field.getAttribute("aria-activedescendant")).toBe(second?.id);
  await user.keyboard("{ArrowUp}{Enter}");
  await waitFor(() => expect(host.asked("cases.get")).toEqual([{ id: "case-17" }]));
});

test("a page is found by its name and opened with a click", async () => {
  const { user } = await begun();
  await user.keyboard("{Control>}k{/Control}");
  await user.click(await screen.findByRole("combobox", { name: "查找" }));
  await user.paste("信任");
  await user.click(await screen.findByRole("option", { name: /信任数据/ }));
  expect(await screen.findByRole("heading", { level: 1, name: "信任数据" })).toBeDefined();
});

test("while the database is locked the palette asks for no names", async () => {
  const { user, host } = await begun(
    sessionOf(session({ database: "locked", profile: null, waiting: null })),
  );
  await user.keyboard("{Control>}k{/Control}");
  await user.click(await screen.findByRole("combobox", { name: "查找" }));
  await user.paste("hfxh");
  expect(await screen.findByText(/没有找到/)).toBeDefined();
  expect(host.asked("upkeep.find")).toEqual([]);
});

test("Ctrl+/ shows the keys that hold on this page", async () => {
  const { user } = await begun();
  await user.keyboard("{Control>}/{/Control}");
  const sheet = await screen.findByRole("dialog", { name: "快捷键" });
  expect(within(sheet).getByText("锁定")).toBeDefined();
  await expectAccessible();
  await user.click(within(sheet).getByRole("button", { name: "全部快捷键" }));
  expect(await screen.findByRole("heading", { level: 2, name: "快捷键" })).toBeDefined();
});

test("Ctrl+, opens the settings, and back leads to where one was", async () => {
  const { user } = await begun();
  await user.keyboard("{Control>},{/Control}");
  expect(await screen.findByRole("heading", { level: 1, name: "设置" })).toBeDefined();
  await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  expect(await screen.findByRole("button", { name: "选择档案…" })).toBeDefined();
});

test("Ctrl+N begins a dossier from any page of a firm, and is nobody else's", async () => {
  const { user, host } = showApp({ page: "about" }, sessionOf(session({ profile: FIRM })));
  await screen.findByRole("heading", { level: 1, name: "关于资质通" });
  await user.keyboard("{Control>}n{/Control}");
  await waitFor(() => expect(host.asked("draft.destinations")).toHaveLength(1));
});

test("Ctrl+O opens a dossier from any page", async () => {
  const { user, host } = showApp({ page: "about" });
  await screen.findByRole("heading", { level: 1 });
  host.choices.push(HEFEI.path);
  await user.keyboard("{Control>}o{/Control}");
  expect(await screen.findByRole("heading", { name: "有条件通过" })).toBeDefined();
});

test.each([
  ["palette", { role: "combobox", name: "查找" }],
  ["shortcuts", { role: "dialog", name: "快捷键" }],
  ["settings", { role: "heading", name: "设置" }],
  ["help", { role: "heading", name: "使用说明" }],
  ["about", { role: "heading", name: "关于资质通" }],
])("the window's menu entry %s does what its key does", async (entry, { role, name }) => {
  const { host } = await begun();
  act(() => host.emit(menu(entry)));
  expect(await screen.findByRole(role, { name })).toBeDefined();
});

test("the window's menu opens, verifies again and locks", async () => {
  const { host } = await begun();
  host.choices.push(HEFEI.path);
  act(() => host.emit(menu("open")));
  expect(await screen.findByRole("heading", { name: "有条件通过" })).toBeDefined();
  act(() => host.emit(menu("reload_verdict")));
  await waitFor(() => expect(host.asked("verify.file")).toHaveLength(2));
  act(() => host.emit(menu("lock")));
  expect(await screen.findByText("已锁定")).toBeDefined();
});

test("the window's menu asks for a folder to verify and for trust data to import", async () => {
  const { host } = await begun({ "verify.folder": () => ({ job: "job-1" }) });
  host.choices.push("/demo/收件");
  act(() => host.emit(menu("open_folder")));
  await waitFor(() => expect(host.asked("verify.folder")[0]?.path).toBe("/demo/收件"));
  host.choices.push("/demo/新【演示】.zztrust");
  act(() => host.emit(menu("import_trust")));
  expect(await screen.findByText("信任数据已导入")).toBeDefined();
});

test("an entry of a later window's menu is left alone", async () => {
  const { host } = await begun();
  act(() => host.emit(menu("something-new")));
  expect(screen.getByRole("button", { name: "选择档案…" })).toBeDefined();
});
