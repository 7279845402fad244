// Opens the real window as a double-click on a dossier would, and reads the verdict off it.
//
//     node tests/e2e/smoke.mjs WINDOW ZIZHI DEMO_FOLDER PICTURES_FOLDER
//
// What the window shows is compared with what the command line says of the same file: the two share their core and
// must never disagree. A display must exist. Prints one line for each claim and ends with "N passed, N failed".

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openWindow } from "./webdriver.mjs";

const [binary, zizhi, demo, pictures] = process.argv.slice(2);
if (!pictures) {
  console.error("usage: node tests/e2e/smoke.mjs WINDOW ZIZHI DEMO_FOLDER PICTURES_FOLDER");
  process.exit(2);
}

let passed = 0;
let failed = 0;
function claim(sentence, holds, seen) {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`${holds ? "ok" : "FAILED"} - ${sentence}${holds ? "" : `\n  seen: ${seen}`}`);
}

/** Waits until the window's text satisfies `wanted`, and returns the text in any case. */
async function textWith(window, wanted) {
  let text = "";
  for (let tries = 0; tries < 150; tries += 1) {
    text = await window.text();
    if (wanted(text)) break;
    await pause(200);
  }
  return text;
}

async function inWindow(name, args, work) {
  let window;
  try {
    window = await openWindow(binary, args);
    await work(window);
    await window.picture(join(pictures, `${name}.png`));
  } catch (error) {
    claim(`${name}: the window answers`, false, error.stack);
  } finally {
    await window?.close();
  }
}

const WORDS = { passed: "通过", passed_with_conditions: "有条件通过", pending: "待联网复核", failed: "不通过" };

/** The report of the command line, whose exit code follows the verdict and is no error here. */
const report = (dossier, trust) =>
  new Promise((done, broken) => {
    const args = ["verify", dossier, "--trust", trust, "--json"];
    execFile(zizhi, args, { maxBuffer: 1 << 26 }, (error, stdout) => {
      try {
        done(JSON.parse(stdout));
      } catch {
        broken(error ?? new Error(`no report about ${dossier}`));
      }
    });
  });

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

await inWindow("empty", [], async (window) => {
  const text = await textWith(window, (seen) => seen.includes("选择档案"));
  const says = text.includes("zzdossier") && text.includes("还没有选择信任数据");
  claim("an empty window says what to drop and that trust data is missing", says, text);
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
  await window.click("header button");
  const english = await textWith(window, (seen) => seen.includes("Choose a dossier"));
  claim("one click turns it into English", english.includes("No trust data chosen yet"), english);
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
  if (chosen.size === Object.keys(WORDS).length) break;
}
const scratch = await mkdtemp(join(tmpdir(), "zizhitong-"));
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
  await inWindow(name, [dossier, "--trust", trust], async (window) => {
    const word = WORDS[expected.verdict];
    // The waiting screen shows the path already; only the verdict's word ends the wait.
    const text = await textWith(window, (seen) => seen.includes(expected.file.name) && seen.includes(word));
    const shown = await window.run("return document.querySelector('.verdict h1')?.innerText");
    claim(`${name}: the window says ${word}, as the command line does`, shown === word, text);
    const codes = expected.checks.filter((check) => ["fail", "pending"].includes(check.outcome)).map((check) => check.code);
    const absent = codes.filter((code) => !text.includes(code));
    claim(`${name}: every failed and every pending code is on the screen`, absent.length === 0, absent);
  });
}
await rm(scratch, { recursive: true });

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
