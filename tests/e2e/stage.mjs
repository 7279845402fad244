// What every journey is given, and where it may write.
//
//     node tests/e2e/JOURNEY.mjs WINDOW ZIZHI DEMO_FOLDER PICTURES_FOLDER
//
// ZIZHI_STORY names the drill's story, the first if nothing is said. A display and a session bus must exist. With ZIZHI_CUT_OFF=1 there must be no network, which is the first claim. A journey prints one line for each claim and ends with "N passed, N failed".

import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { claim } from "./claims.mjs";

const [, journey, ...given] = process.argv;
if (given.length !== 4) {
  console.error(`usage: node tests/e2e/${basename(journey)} WINDOW ZIZHI DEMO_FOLDER PICTURES_FOLDER`);
  process.exit(2);
}
export const [binary, zizhi, demo, pictures] = given;

/** A folder for what this run writes. */
export const scratch = await mkdtemp(join(tmpdir(), "zizhitong-"));

// Where a window was and how large is kept among a person's settings; those of this person are neither read nor written.
process.env.XDG_CONFIG_HOME = join(scratch, "config");

/** The passphrase of every drill, and the time that it is there. */
export const PASSPHRASE = "演练口令";
export const NOW = "2026-11-23T10:00:00+08:00";

/** The story that is played, and the arguments that begin it in a part. */
export const story = process.env.ZIZHI_STORY ?? "branch_operation";
export const drillOf = (data, role) => ["--data", data, "--drill", role, "--story", story];

/** What the command line says as JSON. Its exit code follows what it finds, and is no error here. */
export const said = (...args) =>
  new Promise((done, broken) => {
    execFile(zizhi, [...args, "--json"], { maxBuffer: 1 << 26 }, (error, stdout) => {
      try {
        done(JSON.parse(stdout));
      } catch {
        broken(error ?? new Error(`no JSON from zizhi ${args.join(" ")}`));
      }
    });
  });

/** How a connection to nobody (an address that RFC 5737 keeps for documents) ends. */
const reaching = () =>
  new Promise((ended) => {
    const socket = connect({ host: "192.0.2.1", port: 9, timeout: 2_000 });
    socket.on("error", ({ code }) => ended(code));
    socket.on("connect", () => ended("connected"));
    socket.on("timeout", () => ended("sent, and no answer"));
  });

if (process.env.ZIZHI_CUT_OFF) {
  const end = await reaching();
  claim("there is no network", end === "ENETUNREACH", end);
}
