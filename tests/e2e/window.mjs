// The window itself among other things of a desktop: it comes back where and as large as it was left, it is locked with
// the screen, a link opens a case of it once a person said so, and what was typed is there after it was closed.

import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { claim, finish, part } from "./claims.mjs";
import { binary, drillOf, PASSPHRASE, pictures, scratch } from "./stage.mjs";
import { by, openWindow } from "./webdriver.mjs";
import { inClipboard } from "./x11.mjs";

const run = promisify(execFile);
const out = async (program, ...args) => (await run(program, args)).stdout.trim();

const WANTED = { X: 130, Y: 70, WIDTH: 1010, HEIGHT: 640 };

/** The window that can be seen, as the screen knows it. */
async function onScreen() {
  const ids = await out("xdotool", "search", "--onlyvisible", "--name", "^资质通$");
  return ids.split("\n")[0];
}

/** Where a window is and how large. */
async function geometry(id) {
  const said = await out("xdotool", "getwindowgeometry", "--shell", id);
  const read = Object.fromEntries(said.split("\n").map((line) => line.split("=")));
  return Object.fromEntries(Object.keys(WANTED).map((name) => [name, Number(read[name])]));
}

/** Looks until `wanted` holds of what `look` gives; returns what was seen last. */
async function until(look, wanted) {
  let seen;
  for (let tries = 0; tries < 50; tries += 1) {
    seen = await look();
    if (wanted(seen)) break;
    await pause(200);
  }
  return seen;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

await part("the window comes back as it was left", async () => {
  const args = ["--data", join(scratch, "empty")];
  const first = await openWindow(binary, args);
  try {
    await first.textWith("欢迎使用");
    const id = await onScreen();
    const before = await geometry(id);
    claim("it begins in another size", !same(before, WANTED), JSON.stringify(before));
    await run("xdotool", ["windowsize", id, `${WANTED.WIDTH}`, `${WANTED.HEIGHT}`]);
    await run("xdotool", ["windowmove", id, `${WANTED.X}`, `${WANTED.Y}`]);
    const now = await until(() => geometry(id), (seen) => same(seen, WANTED));
    claim("it was moved and made smaller", same(now, WANTED), JSON.stringify(now));
    await until(() => first.run("return window.innerWidth"), (width) => width === WANTED.WIDTH);
    await first.closeByHand(Number(id));
  } finally {
    await first.close();
  }
  const second = await openWindow(binary, args);
  try {
    await second.textWith("欢迎使用");
    const id = await onScreen();
    const seen = await until(() => geometry(id), (now) => same(now, WANTED));
    claim("the next one is where and as large as the last one was", same(seen, WANTED), JSON.stringify(seen));
    await second.picture(join(pictures, "window-kept.png"));
  } finally {
    await second.close();
  }
});

await part("the window is locked with the screen, and a link opens a case", async () => {
  const window = await openWindow(binary, drillOf(join(scratch, "drill"), "incubator"));
  try {
    await window.textWith("演练模式：");
    const everything = { text: "", states: [], verdicts: [], scenario: null, from: null, to: null, after: null, limit: 1 };
    const listed = await window.asked("cases.list", everything);
    const [{ number, firm_name: firm }] = listed.cases;
    const { profile } = await window.asked("session.status", {});

    const active = ["--session", "--type=signal", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"];
    await run("dbus-send", active);
    const locked = await window.textWith("已锁定");
    claim("it is locked as the screen is", locked.includes("已锁定"), locked);
    claim("and shows no names", !locked.includes(profile.name) && !locked.includes(firm), locked);
    await window.picture(join(pictures, "window-locked.png"));

    await run(binary, [`x-dossier://case/${encodeURIComponent(number)}`]);
    const gate = await window.textWith("口令或恢复密钥");
    claim("a link leads to unlocking first", gate.includes("口令或恢复密钥") && !gate.includes(number), gate);
    await window.type(by.field("口令或恢复密钥"), PASSPHRASE);
    await window.click(by.button("解锁"));
    const asks = await window.textWith((seen) => seen.includes("链接要打开一件收件") && seen.includes(firm));
    claim("then the window asks before it opens the case", asks.includes(number) && asks.includes(firm), asks);
    await window.picture(join(pictures, "window-link.png"));
    await window.click(by.button("打开收件"));
    const page = await window.textWith((seen) => seen.includes(number) && seen.includes("收件") && seen.includes("返回"));
    claim("and opens it", page.includes(number) && page.includes("返回"), page);

    await run(binary, ["x-dossier://case/收〔2026〕987654"]);
    const unknown = await window.textWith("没有编号为");
    claim("of a number that nobody has it says so", unknown.includes("没有编号为 收〔2026〕987654 的收件"), unknown);
  } finally {
    await window.close();
  }
});

await part("what was typed a moment ago outlives the closing of the window", async () => {
  const args = ["--data", join(scratch, "kept")];
  const profile = { uscc: "91310117DEM000030B", name: "松江科创孵化器【演示】", role: "incubator", region: "310117" };
  const passphrase = "松江 孵化器 2026";
  const toForm = async (window) => {
    await window.click(by.menu("在园企业名册"));
    await window.click(by.button("新增企业"));
  };
  const first = await openWindow(binary, args);
  try {
    await first.textWith("欢迎使用");
    await first.asked("session.create", { profile, passphrase });
    await first.textWith(profile.name);
    await toForm(first);
    await first.type(by.field("企业名称"), "杭州没写完【演示】");
    await first.closeByHand(Number(await onScreen()));
  } finally {
    await first.close();
  }
  const second = await openWindow(binary, args);
  try {
    await second.textWith("已锁定");
    await second.click(by.button("解锁…"));
    await second.type(by.field("口令或恢复密钥"), passphrase);
    await second.click(by.button("解锁"));
    await second.textWith(profile.name);
    await toForm(second);
    const found = await second.textWith("这里有上次离开时没有保存的修改");
    claim("the form says that it was typed before", found.includes("没有保存的修改"), found);
    const typed = await second.run("return [...document.querySelectorAll('input')].map(({ value }) => value)");
    claim("and has it in its field", typed.includes("杭州没写完【演示】"), JSON.stringify(typed));
    await second.picture(join(pictures, "window-unsaved.png"));

    const secret = "松江-密钥-0001";
    const invoke = (command) =>
      second.runAsync(
        "const [command, text, done] = arguments; window.__TAURI_INTERNALS__.invoke(command, { text }).then(done, done)",
        command,
        secret,
      );
    claim("a secret is copied", (await invoke("copy_secret")) === true);
    const given = [await inClipboard("UTF8_STRING"), await inClipboard("x-kde-passwordManagerHint")];
    claim("with the word to the history not to keep it", same(given, [secret, "secret"]), JSON.stringify(given));
    claim("it is taken out again", (await invoke("clear_secret")) === true);
    const left = await until(() => inClipboard("UTF8_STRING"), (seen) => seen === null);
    claim("and nothing is left", left === null, String(left));

    await second.run("setTimeout(() => { for (;;); }, 50)");
    await pause(200);
    const asked = Date.now();
    await second.closeByHand(Number(await onScreen()));
    const took = Date.now() - asked;
    claim("a page that hangs keeps the window open for a moment, and not longer", took < 8_000, `${took} ms`);
  } finally {
    await second.close();
  }
});

await rm(scratch, { recursive: true, force: true });
finish();
