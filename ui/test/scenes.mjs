// What is photographed. A scene is a route with a session, settings, size and zoom, and what is done before the picture.

import { click, DESK_SCENES, looks, wait } from "./desk-scenes.mjs";
import { PAPER_SCENES } from "./paper-scenes.mjs";

const DOSSIERS = "/demo/";
const hefei = { page: "verify", path: `${DOSSIERS}合肥星河-异地经营【演示】.zzdossier` };
const stale = { page: "verify", path: `${DOSSIERS}合肥星河-名单9天前【演示】.zzdossier` };
const altered = { page: "verify", path: `${DOSSIERS}合肥星河-租赁合同被改动【演示】.zzdossier` };
const dark = { theme: "dark" };

/** Presses a key with Ctrl. */
const press = async (page, key) => {
  await page.evaluate(
    `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "${key}", ctrlKey: true, bubbles: true }))`,
  );
  await wait(500);
};

/** The calendar of the ledger, open. */
async function calendar(page) {
  await click(page, "更多条件");
  await page.evaluate(`document.querySelector(".ant-picker-input input").focus()`);
  for (const type of ["mousePressed", "mouseReleased"]) {
    const { x, y } =
      await page.evaluate(`(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(
      document.querySelector(".ant-picker-input input").getBoundingClientRect())`);
    await page.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
  }
  await page.until(`document.querySelector(".ant-picker-dropdown") !== null`);
  await wait(500);
}

export const SCENES = [
  ...DESK_SCENES,
  ...PAPER_SCENES,
  {
    name: "start",
    route: { page: "verify", path: null },
    session: { database: "none", profile: null, waiting: null },
  },
  { name: "start-dark", route: { page: "verify", path: null }, settings: dark },
  { name: "conditions", route: hefei },
  { name: "conditions-dark", route: hefei, settings: dark },
  { name: "conditions-wide", route: hefei, size: [1920, 1080] },
  { name: "conditions-zoom", route: hefei, zoom: 2 },
  { name: "conditions-en", route: hefei, settings: { language: "en" } },
  { name: "conditions-large", route: hefei, settings: { large_text: true } },
  { name: "pending", route: stale },
  { name: "failed", route: altered },
  { name: "failed-dark", route: altered, settings: dark },
  { name: "ledger", route: { page: "cases" } },
  { name: "ledger-dark", route: { page: "cases" }, settings: dark },
  { name: "ledger-wide", route: { page: "cases" }, size: [1920, 1080] },
  { name: "ledger-calendar", route: { page: "cases" }, act: calendar },
  { name: "ledger-calendar-dark", route: { page: "cases" }, settings: dark, act: calendar },
  { name: "case-print", route: { page: "case", id: "case-18" }, act: (page) => press(page, "p") },
  { name: "ledger-zoom", route: { page: "cases" }, zoom: 2 },
  { name: "ledger-en", route: { page: "cases" }, settings: { language: "en" } },
  { name: "case-received", route: { page: "case", id: "case-20" } },
  { name: "case-supplement", route: { page: "case", id: "case-17" } },
  { name: "case-decided", route: { page: "case", id: "case-18" }, size: [1280, 1500] },
  { name: "case-decided-dark", route: { page: "case", id: "case-18" }, settings: dark, size: [1280, 1500] },
  { name: "decide", route: { page: "decide", id: "case-16" }, size: [1280, 1100] },
  { name: "decide-zoom", route: { page: "decide", id: "case-16" }, zoom: 2 },
  { name: "supplement", route: { page: "supplement", id: "case-16" } },
  { name: "month", route: { page: "month", month: "2026-11" } },
  { name: "month-dark", route: { page: "month", month: "2026-11" }, settings: dark },
  { name: "notices", route: { page: "notices" } },
  { name: "drill", route: { page: "cases" }, session: { drill: true } },
  ...looks("beside", { route: hefei, size: [1366, 1100], act: (page) => besideChecklist(page, "租赁合同") }),
  {
    name: "beside-large",
    route: hefei,
    settings: { large_text: true },
    act: (page) => besideChecklist(page, "租赁合同"),
  },
  { name: "beside-window", route: hefei, act: (page) => besideChecklist(page, "办公场所照片") },
  ...["checklist", "credentials", "signatures", "attachments", "checks", "json"].map((tab) => ({
    name: `tab-${tab}`,
    route: hefei,
    size: [1280, 1400],
    act: (page) => openTab(page, tab),
  })),
];

const openTab = async (page, tab) => {
  await page.until(`document.querySelector('[data-tab="${tab}"]') !== null`);
  await page.evaluate(`document.querySelector('[data-tab="${tab}"]').click()`);
  if (tab === "credentials")
    await page.evaluate(`document.querySelectorAll(".credential > .disclosure-line")[1].click()`);
  await new Promise((done) => setTimeout(done, tab === "attachments" ? 1500 : 200));
};

/** An attachment beside the checklist. */
const besideChecklist = async (page, name) => {
  await openTab(page, "checklist");
  await click(page, name, "button.look");
  await new Promise((done) => setTimeout(done, 1500));
};
