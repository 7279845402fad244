// 演练模式 in the real window, in both roles: every page of the menu, in both languages and both looks.
//
// Every page has a heading, shows no refusal, and has nothing that axe-core finds against WCAG 2.2 AA. A picture of
// each is kept.

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { claim, finish, part } from "./claims.mjs";
import { binary, pictures, scratch } from "./stage.mjs";
import { settled, usable } from "./usable.mjs";
import { by, openWindow } from "./webdriver.mjs";

async function entries(window) {
  return window.run("return [...document.querySelectorAll('nav .menu-label')].map((one) => one.innerText)");
}

async function everyPage(window, role, look) {
  for (const entry of await entries(window)) {
    await part(`${role}, ${look}: ${entry} opens`, async () => {
      await window.click(by.menu(entry));
      await settled(window);
      const heading = await window.run("return document.querySelector('main h1')?.innerText");
      claim(`${role}, ${look}: ${entry} has a heading`, Boolean(heading), await window.text());
      const refused = await window.run("return document.querySelector('main .ant-alert-error')?.innerText ?? null");
      claim(`${role}, ${look}: ${entry} refuses nothing`, refused === null, refused);
      await usable(window, `${role}, ${look}: ${entry}`);
      await window.picture(join(pictures, `${role}-${look}-${entry.replaceAll(" ", "-")}.png`));
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
      await window.click(by.button("English"));
      await window.textWith("sample data");
      await window.click(by.button("Dark"));
      await everyPage(window, role, "en-dark");
    } finally {
      await window.close();
    }
  });
}
await rm(scratch, { recursive: true, force: true });
finish();
