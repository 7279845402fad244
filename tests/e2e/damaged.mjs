// Every damaged file that the tests of the containers have, one after the other, handed to one window: each gets its
// verdict, the same as on the command line, or a refusal with a code, and the window goes on.

import { execFile } from "node:child_process";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { claim, finish, part } from "./claims.mjs";
import { binary, demo, pictures, said, scratch, zizhi } from "./stage.mjs";
import { openWindow } from "./webdriver.mjs";

const run = promisify(execFile);
const ZIPS = new URL("../data/zip/", import.meta.url).pathname;
const TRUST = join(demo, "trust", "demo.zztrust");

let numbered = 0;

/** The damaged files under a folder of the tests' data, each with the ending that a person would open and a name of its own. */
async function damaged(folder, ending) {
  const names = (await readdir(join(ZIPS, folder))).filter((name) => name.endsWith(ending)).sort();
  const into = join(scratch, "files");
  await mkdir(into, { recursive: true });
  return Promise.all(
    names.map(async (name) => {
      numbered += 1;
      const file = join(into, `${numbered}-${basename(name, ending)}.zzdossier`);
      await copyFile(join(ZIPS, folder, name), file);
      return file;
    }),
  );
}

/** What the window shows of the file that it was given last: its verdict or, where there is none, its words. */
async function answered(window, file) {
  const name = basename(file);
  const text = await window.textWith(
    (seen) => seen.includes(name) && (seen.includes("重新核验") || /[A-Z]+-[A-Z-]+/.test(seen)),
  );
  const verdict = await window.run("return document.querySelector('[data-verdict]')?.dataset.verdict ?? null");
  return { text, verdict };
}

const files = [
  ...(await damaged("dossier", ".zzdossier")),
  ...(await damaged("", ".zip")),
  ...(await damaged("by-others", ".zip")),
];
claim("there are damaged files to open", files.length > 100, files.length);
const good = join(demo, "1-hefei-songjiang", "dossier.zzdossier");

await part("damaged files, one after the other", async () => {
  const data = join(scratch, "data");
  await run(zizhi, ["trust", "import", TRUST, "--data", data]);
  const window = await openWindow(binary, ["--data", data]);
  try {
    await window.textWith("欢迎使用");
    const [began] = await window.processes();
    for (const file of files) {
      const expected = await said("verify", file, "--trust", TRUST);
      await run(binary, ["--data", data, file]);
      const { text, verdict } = await answered(window, file);
      const name = basename(file);
      // What is no dossier at all is refused by what it is; everything else has a verdict.
      if (verdict === null) claim(`${name}: a refusal by what it is`, /FILE-[A-Z]+/.test(text) && text.includes(name), text);
      else claim(`${name}: ${expected.verdict}, as on the command line`, verdict === expected.verdict && text.includes(name), text);
      claim(`${name}: nothing damaged passes`, !/^passed/.test(verdict ?? ""), text);
    }
    await window.picture(join(pictures, "damaged-last.png"));
    await run(binary, ["--data", data, good]);
    const { text, verdict } = await answered(window, good);
    const expected = await said("verify", good, "--trust", TRUST);
    claim("the window goes on: a good one is judged after all of them", verdict === expected.verdict, text);
    claim("by the same process", (await window.processes())[0] === began, began);
  } finally {
    await window.close();
  }
});

await rm(scratch, { recursive: true, force: true });
finish();
