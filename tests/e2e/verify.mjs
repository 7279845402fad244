// Opens the real window as a double-click on a dossier would, and reads the verdict off it.
//
// What the window shows is compared with what the command line says of the same file: the two share their core and
// must never disagree.

import { execFile } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { claim, finish } from "./claims.mjs";
import { binary, demo, pictures, said, scratch, zizhi } from "./stage.mjs";
import { usable, usableTabs } from "./usable.mjs";
import { by, openWindow } from "./webdriver.mjs";

let folders = 0;

/** A data folder of its own for each window, with the trust data in it or none. */
async function dataFolder(trust) {
  folders += 1;
  const data = join(scratch, `data-${folders}`);
  if (trust) await promisify(execFile)(zizhi, ["trust", "import", trust, "--data", data]);
  return data;
}

async function inWindow(name, trust, files, work) {
  let window;
  try {
    window = await openWindow(binary, ["--data", await dataFolder(trust), ...files]);
    await work(window);
    await window.picture(join(pictures, `${name}.png`));
  } catch (error) {
    claim(`${name}: the window answers`, false, error.stack);
  } finally {
    await window?.close();
  }
}

/** The report of the command line. */
const report = (dossier, trust) => said("verify", dossier, "--trust", trust);

/** The trust data nearest above a dossier: a package, or a folder with TUF metadata in it. */
async function trustFor(dossier, files) {
  const packages = files.filter((file) => file.endsWith(".zztrust"));
  const roots = files.filter((file) => /metadata\/1\.root\.json$/.test(file));
  const folders = [...packages, ...roots.map((root) => dirname(dirname(root)))];
  for (let at = dirname(dossier); at.length >= demo.length; at = dirname(at)) {
    const near = folders.find((folder) => dirname(folder) === at);
    if (near) return near;
  }
  return folders[0];
}

await inWindow("empty", null, [], async (window) => {
  const text = await window.textWith("欢迎使用");
  claim("the first start asks whose desk this is", text.includes("演练模式") && text.includes("孵化器"), text);
  await usable(window, "the first start");
  const foreign = await window.run(
    "return [...document.scripts].filter((one) => one.src && !one.src.startsWith(location.origin)).length",
  );
  claim("the window carries no script from elsewhere", foreign === 0, foreign);
  const denied = await window.runAsync(
    `const done = arguments[0];
     window.__TAURI_INTERNALS__.invoke("plugin:dialog|message", { message: "x" })
       .then(() => done("allowed"), (error) => done("denied: " + error));`,
  );
  claim("a command that no capability grants is refused", String(denied).startsWith("denied: "), denied);
  await window.click(by.button("English"));
  const english = await window.textWith("Welcome");
  claim("one click turns it into English", english.includes("Drill"), english);
});

const listed = await readdir(demo, { recursive: true });
const files = listed.map((name) => join(demo, name)).sort();
const dossiers = files.filter((file) => file.endsWith(".zzdossier"));
claim("the demo has dossiers", dossiers.length > 0, listed);

// One dossier for each verdict that occurs among the demo's, and a damaged copy of the first.
const chosen = new Map();
for (const dossier of dossiers) {
  const trust = await trustFor(dossier, files);
  const expected = await report(dossier, trust);
  if (!chosen.has(expected.verdict)) chosen.set(expected.verdict, { dossier, trust, expected });
  if (chosen.size === 4) break;
}
const cases = [...chosen.values()];
if (cases[0]) {
  const { dossier, trust } = cases[0];
  const bytes = await readFile(dossier);
  const damaged = join(scratch, `damaged-${basename(dossier)}`);
  await writeFile(damaged, bytes.subarray(0, bytes.length - 30));
  cases.push({ dossier: damaged, trust, expected: await report(damaged, trust) });
}

for (const { dossier, trust, expected } of cases) {
  const name = basename(dossier, ".zzdossier");
  await inWindow(name, trust, [dossier], async (window) => {
    await window.textWith((seen) => seen.includes("内容未被改动？") && seen.includes("重新核验"));
    const shown = await window.run("return document.querySelector('[data-verdict]')?.dataset.verdict");
    claim(`${name}: the window says ${expected.verdict}, as the command line does`, shown === expected.verdict, await window.text());
    await usableTabs(window, name);
    await window.click(by.tab("全部核验项"));
    const open = expected.checks.filter((check) => ["fail", "pending", "warning"].includes(check.outcome));
    const codes = [...new Set(open.map((check) => check.code))];
    const text = await window.textWith((seen) => codes.every((code) => seen.includes(code)));
    const absent = codes.filter((code) => !text.includes(code));
    claim(`${name}: every code that is not in order is on the screen`, absent.length === 0, absent);
  });
}
await rm(scratch, { recursive: true });
finish();
