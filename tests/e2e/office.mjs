// An office outside of the drill, with a data folder of its own: its window is opened, begun, unlocked and closed as a
// person does it. Files go from one office to the next in a folder, as on a stick.

import { execFile, spawn } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { claim } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { binary, pictures, scratch } from "./stage.mjs";
import { settled, usable } from "./usable.mjs";
import { by, openWindow } from "./webdriver.mjs";

const run = promisify(execFile);
const tool = async (...args) => (await run("xdotool", args)).stdout.trim();

/** The passphrase of every office here. */
export const PASSPHRASE = "一句只有自己知道的话";

/** Where files are passed from one to the next. Pictures show this path: ZIZHI_STICK names a nicer one. */
const stick = process.env.ZIZHI_STICK ?? join(scratch, "stick");
await mkdir(stick, { recursive: true });
export const passed = (name) => join(stick, name);

export const inDialog = (button) => `//*[@role = "dialog"]${button}`;

/** A double-click on a file while the window stands: a second start, which hands the file over and ends. */
export const doubleClick = (file) =>
  new Promise((ended) => spawn(binary, [file], { stdio: "ignore" }).on("exit", ended));

/** A day so many months from today, as it is written in a form. */
export function day(months) {
  const date = new Date();
  date.setMonth(date.getMonth() + months, 15);
  return date.toISOString().slice(0, 10);
}

/** The files of a folder that end so. */
export const filesIn = async (folder, ending) =>
  (await readdir(folder)).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));

/** Back to the head of the page, where its buttons are; a field that was typed in is left. */
export const toTop = (window) =>
  window.run("document.activeElement.blur(); document.querySelector('main').scrollTo({ top: 0 })");

/** Chooses an option of a select: by what is typed in it, where it is long. */
export async function choose(window, label, option, typed) {
  await window.click(by.field(label));
  if (typed) await window.type(by.field(label), typed);
  await window.click(`//*[contains(@class, "ant-select-item-option")][contains(., "${option}")]`);
}

/** Gives the window the whole screen, as somebody does who works in it all day. */
async function fillScreen() {
  const [id] = (await tool("search", "--sync", "--onlyvisible", "--name", "^资质通$")).split("\n");
  const [width, height] = (await tool("getdisplaygeometry")).split(" ");
  await tool("windowmove", id, "0", "0");
  await tool("windowsize", "--sync", id, width, height);
  return Number(id);
}

/** Looks at what the guide shows: a picture of it, and whether everybody can use it. */
async function lookAt(window, name) {
  await settled(window);
  // What the page says is painted a little later.
  await pause(1_000);
  await window.picture(join(pictures, `guide-${name}.png`));
  await usable(window, `what the guide shows as ${name}`);
}

/**
 * Opens the window of an office, unlocks it if there is something to unlock, does the work in it and closes it: the
 * program runs once, and the next office must not meet this one.
 */
export async function at(office, work) {
  const window = await openWindow(binary, ["--data", join(scratch, office.uscc)]);
  try {
    const id = await fillScreen();
    const begun = await window.textWith((text) => text.includes("开始使用资质通") || text.includes("已锁定"));
    if (begun.includes("已锁定")) {
      claim(`${office.who}: a locked window names nobody`, !begun.includes(office.name), begun);
      // An incubator's first page is one that needs no database; a firm's asks at once.
      if (!begun.includes("口令或恢复密钥")) await window.click(by.button("解锁…"));
      await window.type(by.field("口令或恢复密钥"), PASSPHRASE);
      await window.click(by.button("解锁"));
      await window.textWith(office.name);
    }
    await work(window, (name) => lookAt(window, name));
    await window.closeByHand(id);
  } catch (error) {
    // Where it stood is told with what went wrong.
    await window.picture(join(pictures, "days-fault.png"));
    throw new Error(`${error.message}\n${await window.text().catch(() => "")}`, { cause: error });
  } finally {
    await window.close();
  }
}

/** The first start: whose database it is, the passphrase, and the recovery key, which is read and typed once. */
export async function begin(window, office, { role, look = async () => {} }) {
  await look("first-start");
  await window.click(by.button(`为${role}建立数据库`));
  await window.type(
    by.field("统一社会信用代码"),
    `${office.uscc.slice(0, -1)}${office.uscc.endsWith("0") ? "1" : "0"}`,
  );
  await window.type(by.field("单位全称"), office.name);
  const wrong = await window.textWith((text) => !text.includes("已输入"));
  claim(`${office.who}: a mistyped code is not taken`, !wrong.includes("校验相符"), wrong);
  await window.type(by.field("统一社会信用代码"), office.uscc);
  const right = await window.textWith("校验相符");
  claim(`${office.who}: the code is taken`, right.includes("校验相符"), right);
  await choose(window, "所在地区", "", office.region);
  await window.type(by.field("新口令"), PASSPHRASE);
  await window.type(by.field("再输入一遍"), PASSPHRASE);
  await window.click(by.button("建立数据库"));
  const shown = await window.textWith("恢复密钥只显示这一次");
  claim(`${office.who}: the recovery key is shown`, shown.includes("恢复密钥只显示这一次"), shown);
  await look("recovery-key");
  const groups = await window.run(
    `return [...document.querySelectorAll(".recovery-groups code")].map((one) => one.textContent)`,
  );
  await window.type(by.field("请照纸上所写输入第"), groups.at(-1));
  await window.click(by.button("已记下，开始使用"));
  const home = await window.textWith((text) => text.includes(office.name) && !text.includes("恢复密钥只显示这一次"));
  claim(`${office.who}: the database is open`, home.includes(office.name) && home.includes("锁定"), home);
}

/** Who is at the desk, kept while it is typed. */
export async function settle(window, office) {
  await window.click(by.menu("设置"));
  await window.type(by.field("经办人"), office.operator);
  await window.textWith((text) => text.includes("写进台账、报告和操作日志"));
}

/** Trust data for the first time: nothing is taken before the fingerprint was compared with `fingerprint`. */
export async function importFirst(window, office, file, { fingerprint, look = async () => {} }) {
  await window.click(by.menu("信任数据"));
  await window.click(by.button("导入信任数据…"));
  await answer("导入信任数据", file);
  const asked = await window.textWith("首次导入：请确认根指纹");
  const plain = asked.replaceAll(/\s/g, "");
  claim(`${office.who}: the fingerprint on the screen is the one on paper`, plain.includes(fingerprint), asked);
  const ready = () =>
    window.run(
      `return [...document.querySelectorAll("button")].some((one) => one.textContent.includes("确认并导入") && !one.disabled)`,
    );
  claim(`${office.who}: nothing is imported before it was compared`, (await ready()) === false, asked);
  await look("trust-confirm");
  await window.click(by.choice("已与纸质协议逐组核对"));
  await window.click(by.button("确认并导入"));
  const text = await window.textWith("信任数据已导入");
  claim(`${office.who}: the trust data is there`, text.includes("信任数据已导入"), text);
}

/** Trust data once more: nothing has to be compared. */
export async function importAgain(window, office, file) {
  await window.click(by.menu("信任数据"));
  await window.click(by.button("导入信任数据…"));
  await answer("导入信任数据", file);
  const text = await window.textWith((seen) => seen.includes("信任数据已导入") || seen.includes("首次导入"));
  claim(`${office.who}: newer trust data comes in without a question`, text.includes("信任数据已导入"), text);
}

/** Hands the public keys of an incubator to whoever registers it; gives the fingerprint that is read out by telephone. */
export async function exportKeys(window, office, file) {
  await window.click(by.menu("设置"));
  await window.click(by.button("导出本单位公钥…"));
  await answer("导出本单位公钥", file);
  const text = await window.textWith("请把文件交给所在省的登记部门");
  claim(`${office.who}: its public keys are out`, text.includes("公钥指纹"), text);
  return text.replaceAll(/\s/g, "");
}
