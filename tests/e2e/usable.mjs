// Whether what is on the screen can be used by everybody: what axe-core finds against WCAG 2.2 AA in the real window,
// with whatever lies over the page.

import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { claim } from "./claims.mjs";

const axe = await readFile(new URL("../../ui/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** What axe-core finds on the page as it stands, in one line each. */
async function findings(window) {
  await window.run(`if (!window.axe) { ${axe}; window.axe = axe; }`);
  return window.runAsync(
    `const done = arguments[0];
     axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then(
       ({ violations }) => done(violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html).join(" | "))),
       (error) => done(["axe: " + error]),
     );`,
  );
}

/** The page as it stands once nothing loads and nothing moves any more. */
export async function settled(window) {
  await window.textWith((text) => !text.includes("正在读取") && !text.includes("Loading"));
  await pause(300);
}

/** Claims that nothing on the screen keeps anybody out. */
export async function usable(window, name) {
  await settled(window);
  const found = await findings(window);
  claim(`${name} can be used by everybody`, found.length === 0, found.join("\n  "));
}

/** Opens a select or a date picker, looks at it open, and leaves it as it was. */
export async function usableOpen(window, field, name) {
  // In the middle of the page nothing lies over it.
  await window.run(
    `document.evaluate(arguments[0], document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null)
       .singleNodeValue?.scrollIntoView({ block: "center" })`,
    field,
  );
  await pause(200);
  await window.click(field);
  await pause(300);
  const open = await window.run(
    "return document.querySelectorAll('.ant-select-dropdown:not(.ant-select-dropdown-hidden), .ant-picker-dropdown:not(.ant-picker-dropdown-hidden)').length",
  );
  claim(`${name} is open`, open > 0, open);
  await usable(window, name);
  // As a click beside it does: it closes, and the head of the page is in sight again.
  await window.run(
    "document.activeElement.blur(); document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true })); document.querySelector('h1').scrollIntoView()",
  );
  await pause(300);
}

/** Looks at every tab of the page. */
export async function usableTabs(window, name) {
  let tabs = [];
  for (let tries = 0; tabs.length === 0 && tries < 50; tries += 1) {
    await pause(200);
    tabs = await window.run("return [...document.querySelectorAll('[role=tab]')].map((one) => one.dataset.tab)");
  }
  claim(`${name} has its tabs`, tabs.length > 1, tabs);
  for (const tab of tabs) {
    await window.click(`//*[@role = "tab"][@data-tab = ${JSON.stringify(tab)}]`);
    await usable(window, `${name}, ${tab}`);
  }
  await window.click(`//*[@role = "tab"][@data-tab = ${JSON.stringify(tabs[0])}]`);
}

/** Opens a dialog, looks at it, and closes it. */
export async function usableDialog(window, open, name) {
  await open();
  await pause(300);
  const there = await window.run("return document.querySelectorAll('[role=dialog]').length");
  claim(`${name} is open`, there > 0, there);
  await usable(window, name);
  await window.click(`//*[@role = "dialog"]//button[contains(@class, "ant-modal-close")]`);
  await pause(300);
}
