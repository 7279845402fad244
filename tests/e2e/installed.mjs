// The installed package as a desktop meets it: it knows the files by their kind, opens one by what a double-click runs,
// and the window has what came with it. Run by `cargo xtask package --check`, which installs one
// kind of package after the other and says in ZIZHI_VERSION which version is installed.

import { execFile } from "node:child_process";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { claim, finish, part } from "./claims.mjs";
import { binary, demo, pictures, said, scratch, zizhi } from "./stage.mjs";
import { openWindow } from "./webdriver.mjs";

const run = promisify(execFile);
const out = async (program, ...args) => (await run(program, args)).stdout.trim();

// A home of its own: this person's data, settings and choices of programs are neither read nor written.
for (const name of Object.keys(process.env))
  if (name.startsWith("XDG_") && name.endsWith("_HOME")) delete process.env[name];
process.env.HOME = join(scratch, "home");
process.env.ZIZHI_DATA = join(scratch, "data");
await mkdir(process.env.HOME);

const KINDS = {
  "a.zzdossier": "application/vnd.zizhitong.dossier+zip",
  "a.zzdossier.age": "application/vnd.zizhitong.dossier+age",
  "a.zztrust": "application/vnd.zizhitong.trust+zip",
  "a.zzcred": "application/vnd.zizhitong.credential",
  "a.zzrequest": "application/vnd.zizhitong.request",
  "a.zzdecision": "application/vnd.zizhitong.decision",
};
const story = join(demo, "1-hefei-songjiang");
const dossier = join(story, "dossier.zzdossier");
const trust = join(demo, "trust", "demo.zztrust");

const kindOf = async (file) =>
  (await out("gio", "info", "-a", "standard::content-type", file)).split("standard::content-type: ")[1];

await part("the command line answers", async () => {
  const version = process.env.ZIZHI_VERSION;
  const answered = await out(zizhi, "--version");
  claim("zizhi has the package's version", answered === `zizhi ${version}`, answered);
  const completions = "/usr/share/bash-completion/completions/zizhi";
  const known = await out("bash", "-c", `source ${completions} && complete -p zizhi`);
  claim("bash completes its words", known.endsWith(" zizhi"), known);
});

await part("every kind of file is known", async () => {
  for (const [name, kind] of Object.entries(KINDS)) {
    const file = join(scratch, name);
    await writeFile(file, "x");
    const seen = await kindOf(file);
    claim(`a file named *${name.slice(1)} is ${kind}`, seen === kind, seen);
    const opens = await out("gio", "mime", kind);
    claim(`and the window opens it`, opens.split("\n")[0].endsWith("zizhitong.desktop"), opens);
  }
  const links = await out("gio", "mime", "x-scheme-handler/x-dossier");
  claim("a link to a case opens the window", links.split("\n")[0].endsWith("zizhitong-link.desktop"), links);
  const listed = await readdir(story);
  const files = listed.filter((name) => name.endsWith(".zzdossier"));
  const seen = await Promise.all(files.map((name) => kindOf(join(story, name))));
  claim(
    "so is every dossier of the demo",
    files.length > 0 && seen.every((kind) => kind === KINDS["a.zzdossier"]),
    seen,
  );
  const bare = join(scratch, "renamed");
  await copyFile(dossier, bare);
  claim(
    "so is a dossier without its ending",
    (await kindOf(bare)) === KINDS["a.zzdossier"],
    await kindOf(bare),
  );
});

await part("a double-click on a dossier opens it", async () => {
  await run(zizhi, ["trust", "import", trust]);
  const expected = await said("verify", dossier, "--trust", trust);
  // The driver gives up on a program that ends before its window is there, and `gio open` ends at once.
  const window = await openWindow("/bin/sh", ["-c", 'gio open "$0" && exec sleep 300', dossier]);
  try {
    const text = await window.textWith(
      (seen) => seen.includes("内容未被改动？") && seen.includes("重新核验"),
    );
    const shown = await window.run("return document.querySelector('[data-verdict]')?.dataset.verdict");
    claim(`the window says ${expected.verdict}, as the command line does`, shown === expected.verdict, text);
    const ids = (await out("xdotool", "search", "--onlyvisible", "--name", "^资质通$")).split("\n");
    claim("its title is the program's", ids.length > 0 && ids[0] !== "", ids);
    const pid = await out("xdotool", "getwindowpid", ids[0]);
    const program = await out("readlink", `/proc/${pid}/exe`);
    claim("it is the installed program", program === binary, program);
    const about = await window.asked("session.about", {});
    const names = about.licences.flatMap((group) => group.components);
    // These came with the package alone: the list inside the program has direct components only.
    const carried = ["wry", "wasmi", "SQLCipher", "react"].filter((name) => !names.includes(name));
    claim(
      "it lists the licences of all its components",
      carried.length === 0,
      JSON.stringify(about).slice(0, 400),
    );
    await window.picture(join(pictures, "installed.png"));
  } finally {
    await window.close();
  }
});

await rm(scratch, { recursive: true });
finish();
