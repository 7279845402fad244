// What is done by others than the three offices, at the command line: the provinces that register who may sign, and the
// publisher of the trust data.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { passed } from "./office.mjs";
import { said, scratch, zizhi } from "./stage.mjs";

const run = promisify(execFile);
const world = join(scratch, "world");

/** Makes trust data with the keys of all provinces; gives the root's fingerprint as it stands on paper. */
export async function found() {
  await run(zizhi, ["trust", "init-demo", world]);
  const { root } = await said("trust", "show", world);
  return root.fingerprint.replaceAll(/\s/g, "");
}

/** Registers who is in the record; gives what the command says, the fingerprint of the key among it. */
export async function register(record) {
  const { stdout, stderr } = await run(zizhi, ["trust", "add-issuer", world, record]);
  return stdout + stderr;
}

/** Puts a status list in that its issuer signed. */
export const publish = (list) => run(zizhi, ["trust", "add-status", world, list]);

/** The trust data as one file. */
export async function pack(name) {
  const file = passed(`${name}.zztrust`);
  await run(zizhi, ["trust", "pack", world, "-o", file]);
  return file;
}
