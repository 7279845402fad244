// What the window costs beside an empty one with the same library: time from the start of the process to the first useful screen, memory of all its processes, and what a drop takes until its verdict is on the screen.
//
//     node tests/e2e/measure.mjs WINDOW EMPTY DOSSIER [FILLED]
//
// FILLED is a data folder with a large database, made with the passphrase below (crates/app/examples/filled.rs): it is
// measured locked, and opened by the keychain at the start.

import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openWindow } from "./webdriver.mjs";

const [, , window, empty, dossier, large] = process.argv;
if (!dossier) {
  console.error("usage: node tests/e2e/measure.mjs WINDOW EMPTY DOSSIER [FILLED]");
  process.exit(2);
}
// Each window listens for this program's end.
process.setMaxListeners(0);
const PASSPHRASE = "量一量开一次窗口要多久";
const ROUNDS = Number(process.env.ZIZHI_ROUNDS ?? 9);
/** Linux counts a process's start in hundredths of a second. */
const TICK = 10;
const folder = () => mkdtemp(join(tmpdir(), "zizhitong-measure-"));
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** The fields of /proc/PID/stat behind the name, which may hold anything: the parent is the second, the start the twentieth. */
async function stat(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

async function family(root) {
  const parents = new Map();
  for (const name of await readdir("/proc")) {
    if (/^\d+$/.test(name)) parents.set(Number(name), Number((await stat(name))[1]));
  }
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

async function pss(pids) {
  let kilobytes = 0;
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** When a process began, in milliseconds since 1970, to a hundredth of a second. */
async function startOf(pid) {
  const [up] = (await readFile("/proc/uptime", "utf8")).split(" ");
  return Date.now() - (Number(up) * 1000 - Number((await stat(pid))[19]) * TICK);
}

/** Opens a window, gives milliseconds to its first useful screen and mebibytes at rest, and what `then` makes of it. */
async function once(binary, args, then = async () => undefined) {
  const opened = await openWindow(binary, args);
  try {
    const [pid] = await opened.processes();
    const mark =
      "const [mark] = performance.getEntriesByName('ready'); return mark && performance.timeOrigin + mark.startTime";
    let ready = null;
    for (let tries = 0; tries < 200 && !ready; tries += 1) {
      ready = await opened.run(mark);
      if (!ready) await pause(50);
    }
    if (!ready) throw new Error(`${binary}: no useful screen in ten seconds\n${await opened.text()}`);
    const start = ready - (await startOf(pid));
    await pause(3000);
    return { start, memory: await pss(await family(pid)), then: await then(opened) };
  } finally {
    await opened.close();
  }
}

/** Makes a firm's database in a folder, so that a start meets one. */
async function withDatabase() {
  const data = await folder();
  const profile = { uscc: "91340100DEM000014D", name: "星河【演示】", region: "340104", role: "firm" };
  await once(window, ["--data", data], (opened) => opened.asked("session.create", { profile, passphrase: PASSPHRASE }));
  return data;
}

/** Whether somebody on the bus of this run has a name. */
function onBus(name) {
  const asked = ["--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", `string:${name}`];
  return String(spawnSync("dbus-send", asked).stdout).includes("boolean true");
}

/** Starts a keychain with nothing in it on the bus of this run, and has it remember the large database. */
async function remember(data) {
  process.env.XDG_DATA_HOME = await folder();
  const daemon = spawn("gnome-keyring-daemon", ["--unlock", "--components=secrets"], { stdio: ["pipe", "ignore", "ignore"] });
  daemon.stdin.end("measure");
  await new Promise((ready) => daemon.on("exit", ready));
  // Whoever asks before it has its name on the bus has another one started, which is locked.
  for (let tries = 0; tries < 100 && !onBus("org.freedesktop.secrets"); tries += 1) await pause(50);
  if (!onBus("org.freedesktop.secrets")) throw new Error("the keychain does not come to the bus");
  const { then } = await once(window, ["--data", data], (opened) =>
    opened.asked("session.unlock", { secret: PASSPHRASE, remember: true }),
  );
  if (!then.remembered?.on) throw new Error(`it is not remembered: ${JSON.stringify(then)}`);
}

/** Whether the keychain opened the database, asked after the window came to rest. */
async function openedByItself(opened) {
  const { database, remembered } = await opened.asked("session.status", {});
  if (database !== "open") throw new Error(`the keychain opened nothing: ${JSON.stringify(remembered)}`);
}

/** From the moment the window hears of a dossier, which a second process hands over, until its verdict is painted. */
async function handedOver(data) {
  const { then } = await once(window, ["--data", data], async (opened) => {
    await opened.run(
      `const seen = () => /有条件通过|不通过|待联网复核/.test(document.body.innerText);
       new MutationObserver((_, self) => {
         window.heard ??= Date.now();
         if (!seen() || window.judged) return;
         self.disconnect();
         requestAnimationFrame(() => requestAnimationFrame(() => { window.judged = Date.now(); }));
       }).observe(document.body, { childList: true, subtree: true, characterData: true });`,
    );
    const second = spawn(window, [dossier], { stdio: "ignore" });
    second.on("exit", () => {});
    for (let tries = 0; tries < 100; tries += 1) {
      const took = await opened.run("return window.judged && window.judged - window.heard");
      if (took) return took;
      await pause(20);
    }
    throw new Error(`no verdict\n${await opened.text()}`);
  });
  return then;
}

const filled = await withDatabase();
// An earlier run's keychain is gone. Where a start believes that it remembers, it asks the bus for one, which is locked.
if (large) await rm(`${large}/database/keychain.json`, { force: true });
const rows = { empty: [], "no database": [], "a database": [], drops: [] };
if (large) Object.assign(rows, { "a large database": [], "a large database, opened by the keychain": [] });
for (let round = 0; round < ROUNDS; round += 1) {
  rows.empty.push(await once(empty, []));
  rows["no database"].push(await once(window, ["--data", await folder()]));
  rows["a database"].push(await once(window, ["--data", filled]));
  rows.drops.push(await handedOver(await folder()));
  if (large) rows["a large database"].push(await once(window, ["--data", large]));
}
const of = (name, what) => median(rows[name].map((row) => row[what]));
const line = (what, unit, name) => {
  const [limit, own] = [of("empty", what), of(name, what)];
  console.log(
    `${what}, ${name}: ${own.toFixed(0)} ${unit}, the empty window ${limit.toFixed(0)} ${unit}, ratio ${(own / limit).toFixed(2)} (goal 1.25)`,
  );
};
console.log(`medians of ${ROUNDS} rounds, all in one run`);
const told = (names) => {
  for (const name of names) {
    line("start", "ms", name);
    line("memory", "MiB", name);
  }
};
told(Object.keys(rows).filter((name) => name.endsWith("database")));
console.log(`from hearing of a dossier of eleven credentials to its verdict painted: ${median(rows.drops)} ms (goal: 100 ms beside the verification)`);
if (large) {
  await remember(large);
  for (let round = 0; round < ROUNDS; round += 1) {
    rows["a large database, opened by the keychain"].push(await once(window, ["--data", large], openedByItself));
  }
  told(["a large database, opened by the keychain"]);
}
