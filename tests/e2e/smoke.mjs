// Opens the real window as a double-click on a dossier would, and reads the verdict off it.
//
//     node tests/e2e/smoke.mjs WINDOW DEMO_FOLDER PICTURES_FOLDER
//
// A display must exist. Prints one line for each claim and ends with "N passed, N failed".

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openWindow } from "./webdriver.mjs";

const [binary, demo, pictures] = process.argv.slice(2);
if (!pictures) {
  console.error("usage: node tests/e2e/smoke.mjs WINDOW DEMO_FOLDER PICTURES_FOLDER");
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
const MEANINGS = /必需的各项|有必需的事项/;

await inWindow("empty", [], async (window) => {
  const text = await textWith(window, (seen) => seen.includes("选择档案"));
  claim("an empty window says what to drop and that trust data is missing", text.includes("zzdossier") && text.includes("还没有选择信任数据"), text);
  const foreign = await window.run("return [...document.querySelectorAll('script')].filter((s) => s.src && !s.src.startsWith(location.origin)).length");
  claim("the window carries no script from elsewhere", foreign === 0, foreign);
  const denied = await window.runAsync(
    "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('plugin:dialog|message', { message: 'x' }).then(() => done('allowed'), (e) => done('denied: ' + e))",
  );
  claim("a command that no capability grants is refused", String(denied).startsWith("denied: "), denied);
  await window.click("header button");
  const english = await textWith(window, (seen) => seen.includes("Choose a dossier"));
  claim("one click turns it into English", english.includes("No trust data chosen yet"), english);
});
