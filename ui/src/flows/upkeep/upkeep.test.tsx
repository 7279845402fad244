import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { PASSPHRASE, session, answers as sessionOf } from "../../test/data/session";
import { BACKUPS, NO_BACKUPS, answers as upkeepOf } from "../../test/data/upkeep";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const FILE = "/demo/zizhi-20261120.zzbackup";

test("backups stand with their time, size and place, and that none was ever tried is said", async () => {
  showApp({ page: "upkeep" });
  expect(await screen.findByText("E:\\备份\\zizhi-20261122.zzbackup")).toBeDefined();
  expect(screen.getAllByText("17.5 MB")).toHaveLength(2);
  expect(screen.getByText(/从未演练/)).toBeDefined();
  await expectAccessible();
});

test("the first backup asks for a folder; the next one knows it", async () => {
  const { user, host } = showApp({ page: "upkeep" }, upkeepOf(NO_BACKUPS));
  expect(await screen.findByText(/还没有备份：这台机器坏了/)).toBeDefined();
  host.choices.push("D:\\备份");
  await user.click(screen.getByRole("button", { name: "立即备份" }));
  expect(await screen.findByText("已备份")).toBeDefined();
  expect(screen.queryByText(/还没有备份：/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "立即备份" }));
  await waitFor(() => expect(host.asked("upkeep.backup")).toEqual([{ path: "D:\\备份" }, { path: "" }]));
});

test("what is said to be backed up is the file that was made, in the folder that is set now", async () => {
  let folder = "E:\\备份";
  const made = () => ({
    path: `${folder}\\zizhi-20261123.zzbackup`,
    at: "2026-11-23T10:00:00+08:00",
    size: 1,
  });
  // The newest that is there lies elsewhere: a clock that ran ahead, another machine's.
  const [ahead] = BACKUPS.backups;
  const status = () => ({ ...BACKUPS, folder, backups: ahead ? [ahead] : [] });
  const { user, host } = showApp(
    { page: "upkeep" },
    { "upkeep.backups": status, "upkeep.backup": () => ({ made: made(), status: status() }) },
  );
  await screen.findByText("E:\\备份");
  folder = "D:\\新";
  await user.click(screen.getByRole("button", { name: "立即备份" }));
  const note = await screen.findByRole("status");
  expect(within(note).getByText("D:\\新\\zizhi-20261123.zzbackup")).toBeDefined();
  expect(host.asked("upkeep.backup")).toEqual([{ path: "" }]);
  expect(await screen.findByText("D:\\新")).toBeDefined();
});

test("a backup that cannot be written is said so, and no earlier one is praised in its place", async () => {
  let broken = false;
  const { user } = showApp(
    { page: "upkeep" },
    {
      ...upkeepOf(),
      "upkeep.backup": () => {
        if (broken) return refused("IO-WRITE", "文件夹不能写入");
        const [made] = BACKUPS.backups;
        if (!made) throw new Error("none");
        return { made, status: BACKUPS };
      },
    },
  );
  const button = await screen.findByRole("button", { name: "立即备份" });
  await user.click(button);
  expect(await screen.findByText("已备份")).toBeDefined();
  broken = true;
  await user.click(button);
  expect(await screen.findByText("IO-WRITE")).toBeDefined();
  expect(screen.queryByText("已备份")).toBeNull();
});

test("a backup is tried beside the database, with the secret of its day", async () => {
  const { user, host } = showApp({ page: "upkeep" });
  const [first] = await screen.findAllByRole("button", { name: "恢复演练" });
  if (!first) throw new Error("no button");
  await user.click(first);
  const dialog = await screen.findByRole("dialog", { name: "恢复演练" });
  const field = within(dialog).getByLabelText(/口令或恢复密钥/);
  await user.type(field, "wrong{Enter}");
  expect(await within(dialog).findByText("KEY-PASSPHRASE")).toBeDefined();
  await user.type(field, `${PASSPHRASE}{Enter}`);
  expect(await within(dialog).findByText("收件 42 件")).toBeDefined();
  await expectAccessible();
  expect(host.asked("upkeep.drill").at(-1)?.path).toBe(BACKUPS.backups[0]?.path);
  expect(host.asked("upkeep.restore")).toEqual([]);
});

test("a database is replaced only by who said to know it", async () => {
  const { user, host } = showApp({ page: "restore", path: FILE });
  const replace = await screen.findByRole<HTMLButtonElement>("button", { name: "用这份备份替换" });
  await user.type(screen.getByLabelText(/口令或恢复密钥/), PASSPHRASE);
  expect(replace.disabled).toBe(true);
  await user.click(screen.getByRole("checkbox"));
  await expectAccessible();
  await user.click(replace);
  await waitFor(() => expect(host.asked("upkeep.restore")).toEqual([{ path: FILE, secret: PASSPHRASE }]));
});

test("a machine without a database restores one that is dropped on the page", async () => {
  const none = sessionOf(session({ database: "none", profile: null, waiting: null }));
  const { user, host } = showApp({ page: "restore", path: null }, none);
  const restore = await screen.findByRole<HTMLButtonElement>("button", { name: "恢复" });
  act(() => host.drop.dropped([FILE]));
  await user.type(await screen.findByLabelText(/口令或恢复密钥/), "wrong");
  await user.click(restore);
  expect(await screen.findByText("KEY-PASSPHRASE")).toBeDefined();
  expect(screen.getByText(FILE)).toBeDefined();
});

test("a check of the database says that all is whole", async () => {
  const { user } = showApp({ page: "upkeep" });
  await user.click(await screen.findByRole("button", { name: "开始检查" }));
  expect(await screen.findByText("完好：操作日志 180 条，首尾相连")).toBeDefined();
});

test("what a check finds is told one by one, with what to do", async () => {
  const findings = [
    { zh: "检索索引 firms 不完整，检索可能漏掉记录。", en: "The search index is incomplete." },
  ];
  const { user } = showApp(
    { page: "upkeep" },
    { "upkeep.check": () => ({ whole: false, entries: 180, findings }) },
  );
  await user.click(await screen.findByRole("button", { name: "开始检查" }));
  expect(await screen.findByText(/检索索引 firms 不完整/)).toBeDefined();
  expect(screen.getByText(/从最近一份演练过的备份恢复/)).toBeDefined();
  await expectAccessible();
});

test("diagnostics are shown before they are copied", async () => {
  const { user, host } = showApp({ page: "upkeep" });
  const show = await screen.findByRole("button", { name: "显示" });
  expect(screen.queryByRole("button", { name: "复制诊断信息" })).toBeNull();
  await user.click(show);
  expect(await screen.findByDisplayValue(/zizhi 0\.1\.0/)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "复制诊断信息" }));
  expect(host.copied).toEqual(["zizhi 0.1.0 · linux x86_64"]);
});

test("the activity log comes page by page, is filtered and exported as it is filtered", async () => {
  const { user, host } = showApp({ page: "activity" });
  expect(await screen.findByText("收〔2026〕0177（合肥星河【演示】）")).toBeDefined();
  expect(host.asked("upkeep.activity")[0]).toEqual({
    text: "",
    action: null,
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  await user.click(screen.getByLabelText("操作"));
  await expectAccessible();
  await user.click(await screen.findByTitle("签署决定"));
  await user.click(screen.getByRole("button", { name: "查询" }));
  await waitFor(() => expect(host.asked("upkeep.activity").at(-1)?.action).toBe("case.decided"));
  host.choices.push("D:\\日志.xlsx");
  await user.click(screen.getByRole("button", { name: /导出日志/ }));
  expect(await screen.findByText("D:\\日志.xlsx")).toBeDefined();
  expect(host.asked("upkeep.export_activity")[0]?.filter.action).toBe("case.decided");
});

test("an entry of the log reads as a sentence; the id behind it is one key away", async () => {
  const { user } = showApp({ page: "activity" });
  const name = await screen.findByText("收〔2026〕0177（合肥星河【演示】）");
  const row = name.closest("tr") as HTMLElement;
  expect(row.textContent).toContain(
    "经办甲【演示】签署决定：有条件认可收〔2026〕0177（合肥星河【演示】）理由 0177",
  );
  expect(screen.queryByText(/0193aaaa/)).toBeNull();
  await user.hover(name);
  expect(await screen.findByText("case 0193aaaa-0000-7000-8000-000000000177")).toBeDefined();
  expect(screen.getByText("case.decided")).toBeDefined();
  await expectAccessible();
  // However long the name is: it wraps in its row, and is there whole for the pointer and for the keyboard.
  expect(name.closest(".clamped")).not.toBeNull();
  const whole = () => screen.getByRole("tooltip").textContent;
  expect(whole()).toContain("收〔2026〕0177（合肥星河【演示】）");
  await user.unhover(name);
  act(() => name.focus());
  await waitFor(() => expect(whole()).toContain("收〔2026〕0177（合肥星河【演示】）"));
});

test("a search without a result can be reset", async () => {
  const { user } = showApp({ page: "activity" });
  await user.type(await screen.findByLabelText("经办人、对象或备注"), "没有这个人{Enter}");
  const note = await screen.findByText("没有符合条件的记录");
  await user.click(within(note.parentElement ?? document.body).getByRole("button", { name: "重置" }));
  expect(await screen.findByText("收〔2026〕0177（合肥星河【演示】）")).toBeDefined();
});

test("where no folder was chosen, one is chosen and none is changed", async () => {
  showApp({ page: "upkeep" }, { "upkeep.backups": () => NO_BACKUPS });
  expect(await screen.findByRole("button", { name: "选择文件夹" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "更换文件夹" })).toBeNull();
});

test("whoever chooses the folder of the backups comes to its place in the settings", async () => {
  const { user } = showApp({ page: "upkeep" }, { "upkeep.backups": () => NO_BACKUPS });
  const shown = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
  await user.click(await screen.findByRole("button", { name: "选择文件夹" }));
  const field = await screen.findByRole("button", { name: "选择文件夹…" });
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(shown.mock.contexts).toContain(field);
  shown.mockRestore();
});

test.each(["none", "locked", "open"] as const)(
  "a restore where the database was %s says so on the page that follows",
  async (database) => {
    let status = session(database === "open" ? {} : { database, profile: null, waiting: null });
    const { user } = showApp(
      { page: "restore", path: FILE },
      {
        "session.status": () => status,
        "upkeep.restore": () => {
          status = session();
          return status;
        },
        "issue.after_restore": () => ({
          at: "2026-11-23T10:00:00+08:00",
          made: "2026-11-20T18:00:00+08:00",
          lists: [],
          numbers: true,
          series: [],
          unknown: false,
          next_case: "收〔2026〕1001",
        }),
      },
    );
    await user.type(await screen.findByLabelText(/口令或恢复密钥/), PASSPHRASE);
    if (database !== "none") await user.click(screen.getByRole("checkbox"));
    await user.click(screen.getByRole("button", { name: database === "none" ? "恢复" : "用这份备份替换" }));
    expect(await screen.findByText("已从备份恢复")).toBeDefined();
    expect(await screen.findByText(/收件和决定的编号从 .*收〔2026〕1001.* 起/)).toBeDefined();
    // Where there was none, none was kept.
    expect(screen.queryByText(/原来的数据库改名保存/) === null).toBe(database === "none");
  },
);
