// 演练模式 in the real window, in both roles: every page of the menu and those behind them, in both languages and both
// looks.
//
// Every page has a heading, shows no refusal, and has nothing that axe-core finds against WCAG 2.2 AA. A picture of
// each is kept.

import { copyFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { claim, finish, part } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { binary, demo, pictures, scratch } from "./stage.mjs";
import { settled, usable } from "./usable.mjs";
import { by, openWindow } from "./webdriver.mjs";

async function entries(window) {
  return window.run("return [...document.querySelectorAll('nav .menu-label')].map((one) => one.innerText)");
}

const texts = new URL("../../ui/src/text/", import.meta.url);

/** The sentences of a language by their keys, as far as they stand in one line. */
async function catalogue(language) {
  const folder = new URL(`${language}/`, texts);
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), "utf8")));
  const lines = files.flatMap((file) => [...file.matchAll(/^([a-z0-9-]+) = (.+)$/gm)]);
  return Object.fromEntries(lines.map(([, key, said]) => [key, said]));
}

const ROW = "(//main//tbody[contains(@class, \"windowed-body\")]/tr)[1]";
const holding = (said) => `//button[contains(normalize-space(.), ${JSON.stringify(said)})]`;

/** Pages behind those of the menu: a name, the page of the menu that leads there, and the steps from it. */
const BEHIND = {
  incubator: [
    ["issuers", "trust-menu", (t) => [holding(t.issuers)]],
    ["rules", "trust-menu", (t) => [holding(t["pack-open"])]],
    ["month", "cases-menu", (t) => [by.button(t["month-title"])]],
    ["notices", "cases-menu", (t) => [by.button(t["notices-title"])]],
    ["activity", "upkeep-menu", (t) => [by.button(t["upkeep-activity"])]],
    ["restore", "upkeep-menu", (t) => [by.button(t["upkeep-restore-file"])]],
    ["new-request", "requests-menu", (t) => [`//main${by.button(t["request-new"])}`]],
    ["new-firm", "register-menu", (t) => [`//main${by.button(t["register-add"])}`]],
    ["firm", "register-menu", () => [ROW]],
  ],
  firm: [
    ["held", "hold-menu", () => [ROW]],
    ["declare", "hold-menu", (t) => [by.button(t["hold-declare"])]],
    ["begin", "drafts-menu", (t) => [`//main${by.button(t["draft-new"])}`]],
    ["restore", "upkeep-menu", (t) => [by.button(t["upkeep-restore-file"])]],
  ],
};

async function judged(window, role, look, page) {
  await settled(window);
  const heading = await window.run("return document.querySelector('main h1')?.innerText");
  claim(`${role}, ${look}: ${page} has a heading`, Boolean(heading), await window.text());
  const refused = await window.run("return document.querySelector('main .ant-alert-error')?.innerText ?? null");
  claim(`${role}, ${look}: ${page} refuses nothing`, refused === null, refused);
  await usable(window, `${role}, ${look}: ${page}`);
  await window.picture(join(pictures, `${role}-${look}-${page.replaceAll(" ", "-")}.png`));
  return heading;
}

async function pagesBehind(window, role, look, language) {
  const t = await catalogue(language);
  t.issuers = language === "en" ? "issuers" : "家签发方";
  for (const [page, menu, steps] of BEHIND[role]) {
    await part(`${role}, ${look}: ${page} opens`, async () => {
      await window.click(by.menu(t[menu]));
      await settled(window);
      const before = await window.run("return document.querySelector('main h1')?.innerText");
      for (const step of steps(t)) await window.click(step);
      const heading = await judged(window, role, look, page);
      claim(`${role}, ${look}: ${page} is a page of its own`, heading !== before, heading);
    });
  }
}

/** A folder is chosen as a person chooses one, and verified. */
async function wholeFolder(window) {
  await window.click(by.menu("核验"));
  const choosing = window.click(holding("核验文件夹"));
  // One that has no folders in it: the dialog goes into the first of them.
  const folder = join(scratch, "dossiers");
  await mkdir(folder);
  const from = join(demo, "1-hefei-songjiang");
  for (const name of (await readdir(from)).filter((name) => name.endsWith(".zzdossier")))
    await copyFile(join(from, name), join(folder, name));
  await answer("核验文件夹", folder);
  await choosing;
  const done = await window.textWith("已完成");
  claim("a folder is verified, and each of its files has its line", done.includes(".zzdossier"), done);
  await judged(window, "incubator", "zh-light", "folder");
}

async function everyPage(window, role, look) {
  for (const entry of await entries(window)) {
    await part(`${role}, ${look}: ${entry} opens`, async () => {
      await window.click(by.menu(entry));
      await judged(window, role, look, entry);
    });
  }
}

for (const role of ["incubator", "firm"]) {
  await part(`${role}: the drill begins`, async () => {
    const window = await openWindow(binary, ["--data", join(scratch, role), "--drill", role]);
    try {
      const text = await window.textWith("演练模式：");
      claim(`${role}: the drill says that it is one`, text.includes("所有数据均为样例"), text);
      await everyPage(window, role, "zh-light");
      await pagesBehind(window, role, "zh-light", "zh-CN");
      if (role === "incubator") await part("a folder is verified", () => wholeFolder(window));
      await window.click(by.button("English"));
      await window.textWith("sample data");
      await window.click(by.button("Dark"));
      await everyPage(window, role, "en-dark");
      await pagesBehind(window, role, "en-dark", "en");
    } finally {
      await window.close();
    }
  });
}
await rm(scratch, { recursive: true, force: true });
finish();
