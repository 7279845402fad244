// Forty hostile texts in everything that others write into a dossier, and hostile files, in the real window: each of
// them is shown as text, none becomes anything else, and nothing is asked of anybody outside.

import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { claim, finish, part } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { binary, drillOf, PASSPHRASE, pictures, scratch, zizhi } from "./stage.mjs";
import { by, openWindow } from "./webdriver.mjs";

/** Each carries its number, by which it is found. */
const HOSTILE = JSON.parse(await readFile(new URL("../../ui/src/test/hostile.json", import.meta.url), "utf8"));
const FIRM = "91340100DEM000014D";
const ISSUER = "91340100DEM0000228";
const SONGJIANG = "91310117DEM000030B";
const LIST = `https://status.example/${ISSUER}/1`;

/** A name that no system can keep and would be an element with a handler, one that can be kept, and a picture that would run a script, alone and behind a PDF's head. */
const NO_NAME = "<img src=x onerror=window.hit=1>.pdf";
const NAME = "&lt;img src=x onerror=window.hit=1&gt;' onmouseover='window.hit=1.pdf";
const SCRIPT = "script.svg";
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.hit=1"><script>window.hit=1</script><image href="https://outside.example/x.png"/></svg>`;
const DISGUISED = `%PDF-1.7\n${PICTURE}`;

/** Runs the command line in the folder of this run. */
const does = (...args) => promisify(execFile)(zizhi, args, { cwd: scratch });
/** Texts for so many places, beginning with number `from` and starting over after the last. */
const some = (from, count) => Array.from({ length: count }, (_, index) => HOSTILE[(from + index) % HOSTILE.length]);
/** What the command line may be given as one argument. */
const written = (text) => text.replaceAll("\0", "");

/** A business licence with seven of the texts, which an incubator of the demonstration attests. */
async function licence(number) {
  const [name, representative, registrar, attester, method, system, operator] = some(number * 7, 7);
  const claims = {
    iss: `urn:uscc:${ISSUER}`,
    sub: `urn:uscc:${FIRM}`,
    vct: "urn:zizhitong:credential:business-licence:1",
    name,
    region: "340104",
    provenance: "attested",
    // A draft takes a paper once, which its number tells.
    number: `${FIRM}-${number}`,
    issued_on: "2024-03-18",
    established_on: "2024-03-18",
    legal_representative: representative,
    registrar,
    attested: { by: attester, method, system, checked_on: "2026-11-01", operator },
  };
  await writeFile(join(scratch, "claims.json"), JSON.stringify(claims));
  const key = `world/keys/${ISSUER}.jwk`;
  const place = ["--holder-jwk", "firm.pub.jwk", "--status", `${LIST}#${number}`, "-o", `${number}.zzcred`];
  await does("credential", "issue", "--key", key, "--claims", "claims.json", ...place);
  await does("dossier", "add", "draft", `${number}.zzcred`, "--disclose-all");
}

/** A signed dossier full of the texts; gives its path. */
async function dossier() {
  await does("trust", "init-demo", "world");
  await writeFile(join(scratch, "pass.txt"), PASSPHRASE);
  await does("key", "new", "-o", "firm.zzkey", "--passphrase-file", "pass.txt");
  const [firm, ...former] = some(0, 6).map(written);
  const answer = "--scenario branch_operation --origin 340104 --destination 310117".split(" ");
  const rules = ["--checklist", "SJ-BRANCH", "--rule-pack", "sh-songjiang@3", "--aud", SONGJIANG];
  const names = ["--firm-uscc", FIRM, "--firm-name", firm, ...former.flatMap((name) => ["--former-name", name])];
  await does("dossier", "new", "draft", ...answer, ...rules, ...names);
  for (let number = 0; number < 6; number += 1) await licence(number);
  await writeFile(join(scratch, "paper.pdf"), DISGUISED);
  await does("dossier", "add", "draft", "paper.pdf", "--kind", "lease", "--name", SCRIPT);
  await does("dossier", "facts", "draft", ...HOSTILE.map((text, index) => `fact_${index}=${written(text)}`));
  const signing = ["--key", "firm.zzkey", "--passphrase-file", "pass.txt", "--yes", "-o", "hostile.zzdossier"];
  await does("dossier", "sign", "draft", ...signing);
  return join(scratch, "hostile.zzdossier");
}

/** What is on the page that text must never have made. */
const MADE = `
  const made = [];
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes)
      if (name.startsWith("on") || /^\\s*(javascript|data:text)/i.test(value)) made.push(one.outerHTML.slice(0, 200));
    if (/^(iframe|object|embed|base|video|audio|marquee|math|template|noscript)$/i.test(one.localName) || one.matches("form[action]"))
      made.push(one.outerHTML.slice(0, 200));
  }
  for (const one of document.querySelectorAll("script, link[rel=stylesheet], meta[http-equiv=refresh], img"))
    if (!(one.src || one.href || "").startsWith(location.origin) && !(one.src || "").startsWith("data:image/"))
      made.push(one.outerHTML.slice(0, 200));
  for (const one of document.querySelectorAll("a[href]"))
    if (new URL(one.href).origin !== location.origin) made.push(one.outerHTML.slice(0, 200));
  return made;`;

/** What was asked of anybody but the program itself. */
const ASKED = `
  const own = [location.origin, "ipc://", "http://ipc.localhost", "data:", "blob:"];
  return performance.getEntriesByType("resource").map((one) => one.name)
    .filter((name) => !own.some((start) => name.startsWith(start)));`;

/** From now on the page notes what its policy kept from happening. */
const LISTEN = `
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(event.effectiveDirective + " " + event.blockedURI));`;

/** No text, name or file became anything, ran anything or asked anybody. */
async function expectHarmless(window, where) {
  const made = await window.run(MADE);
  claim(`${where}: no text became an element, a link or a handler`, made.length === 0, made.join("\n  "));
  const hit = await window.run("return window.hit ?? null");
  claim(`${where}: nothing of it ran`, hit === null, hit);
}

/** And nothing was even tried that the page's policy had to prevent. */
async function expectUnasked(window, where) {
  const asked = await window.run(ASKED);
  claim(`${where}: nothing was asked of anybody outside`, asked.length === 0, asked.join("\n  "));
  const violations = await window.run("return window.violations");
  claim(`${where}: and nothing was tried`, violations.length === 0, violations.join("\n  "));
  await window.run("new Image().src = 'https://outside.example/tried.png'");
  const heard = await window.runAsync("setTimeout(() => arguments[0](window.violations), 500)");
  claim(`${where}: what is tried is heard`, heard.some((one) => one.startsWith("img-src")), heard.join("\n  "));
}

await part("a hostile dossier is opened", async () => {
  const file = await dossier();
  const data = join(scratch, "data");
  await does("trust", "import", "world", "--data", data);
  const window = await openWindow(binary, ["--data", data, file]);
  try {
    await window.textWith((seen) => seen.includes("内容未被改动？") && seen.includes("重新核验"));
    await window.run(LISTEN);
    const seen = new Set();
    for (const tab of ["需要处理", "材料清单", "资质凭证", "签名", "附件", "全部核验项", "JSON"]) {
      await window.click(by.tab(tab));
      await window.run("for (const one of document.querySelectorAll('main button[aria-expanded=false]')) one.click()");
      const text = await window.text();
      for (const [, mark] of text.matchAll(/敌(\d+):/g)) seen.add(Number(mark));
      if (tab === "附件") claim("a file that poses as another is listed", text.includes(SCRIPT), text);
      await expectHarmless(window, tab);
      await window.picture(join(pictures, `hostile-${tab}.png`));
    }
    const absent = HOSTILE.filter((_, index) => !seen.has(index + 1));
    claim(`all ${HOSTILE.length} texts are shown`, absent.length === 0, absent.join("\n  "));
    await expectUnasked(window, "a dossier");
  } finally {
    await window.close();
  }
});

await part("hostile files are attached", async () => {
  const window = await openWindow(binary, drillOf(join(scratch, "drill"), "firm"));
  const inDialog = (button) => `//*[@role = "dialog"]${button}`;
  const attach = async (name, content) => {
    const file = join(scratch, name);
    await writeFile(file, content);
    await window.click(`//ul[contains(@class, "materials")]/li[contains(., "经营场所使用证明")]${by.button("附加文件")}`);
    await answer("附加文件", file);
    await window.click(inDialog(by.button("附加")));
  };
  try {
    await window.textWith("演练模式：");
    await window.run(LISTEN);
    await window.click(by.menu("迁移与异地经营"));
    await window.click(`//tr[contains(., "草稿")]`);
    await window.click(`//*[contains(@class, "ant-steps-item")][contains(., "材料")]`);
    await window.textWith("材料清单");
    await attach(SCRIPT, PICTURE);
    const refused = await window.textWith("ATTACH-TYPE");
    claim("a picture that can run scripts is no attachment", refused.includes("ATTACH-TYPE"), refused);
    await expectHarmless(window, "a refused picture");
    await window.click(inDialog(by.button("取消")));
    await attach(NO_NAME, DISGUISED);
    const unnamed = await window.textWith("DRAFT-NAME");
    claim("a name that is one on no other system is refused as it stands", unnamed.includes(NO_NAME), unnamed);
    await expectHarmless(window, "a refused name");
    await window.click(inDialog(by.button("取消")));
    await attach(NAME, DISGUISED);
    await window.textWith("附件（1）");
    let names = [];
    for (let tries = 0; tries < 50 && !names.includes(NAME); tries += 1, await pause(200))
      names = await window.run("return [...document.querySelectorAll('input')].map((one) => one.value)");
    claim("a file is named as it is", names.includes(NAME), names.join("\n  "));
    await expectHarmless(window, "an attached file");
    await window.picture(join(pictures, "hostile-attached.png"));
    await expectUnasked(window, "a draft");
  } finally {
    await window.close();
  }
});
/** A code that no organisation has, with the check character that it must have (GB 32100-2015). */
function code(number) {
  const digits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const body = `91340100DEM9${String(number).padStart(5, "0")}`;
  const sum = [...body].reduce((total, one, at) => total + digits.indexOf(one) * (3 ** at % 31), 0);
  return body + digits[(31 - (sum % 31)) % 31];
}

/** Which of the texts hold characters that no name may hold. */
const NO_NAMES = [38, 39];

/** The texts that a long list shows, page after page of it. */
async function marksOf(window) {
  const marks = new Set();
  for (let at = 0; at < 12; at += 1) {
    for (const [, mark] of (await window.text()).matchAll(/敌(\d+):/g)) marks.add(Number(mark));
    await window.run("document.querySelector('.windowed-scroll').scrollTo({ top: arguments[0] })", at * 300);
    await pause(200);
  }
  return marks;
}

await part("a hostile roster is imported", async () => {
  const window = await openWindow(binary, drillOf(join(scratch, "office"), "incubator"));
  const cell = (text) => `"${written(text).replaceAll('"', '""')}"`;
  const rows = HOSTILE.map((text, at) => [text, code(at), "安徽省合肥市蜀山区", "2025-03-01", "2026-01-05", text, text].map(cell).join(","));
  const roster = join(scratch, "roster.csv");
  await writeFile(roster, `\uFEFF企业名称,统一社会信用代码,所在地区,成立日期,入驻日期,技术领域,场地地址\r\n${rows.join("\r\n")}\r\n`);
  try {
    await window.textWith("演练模式：");
    await window.run(LISTEN);
    await window.click(by.menu("在园企业名册"));
    await window.click(by.button("导入表格"));
    await answer("导入表格", roster);
    await window.textWith("导入后");
    await expectHarmless(window, "the preview of a roster");
    await window.picture(join(pictures, "hostile-roster.png"));
    // A name that turns the writing around or hides characters is no name; it is shown as what is refused.
    await window.click(by.button(`导入 ${HOSTILE.length - NO_NAMES.length} 家`));
    await window.textWith("已新增");
    await window.click(by.button("回到名册"));
    const seen = await marksOf(window);
    const absent = HOSTILE.filter((_, index) => seen.has(index + 1) === NO_NAMES.includes(index + 1));
    claim("all names that can be are in the register", absent.length === 0, absent.join("\n  "));
    await expectHarmless(window, "the register");
    await window.picture(join(pictures, "hostile-register.png"));
    await expectUnasked(window, "a roster");
  } finally {
    await window.close();
  }
});

await rm(scratch, { recursive: true, force: true });
finish();
