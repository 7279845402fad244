// The file dialogs of the desktop, which are no part of the page: answered with the keyboard, as a person would.

import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const tool = async (...args) => (await run("xdotool", args)).stdout.trim();

/** Waits for the dialog of this title, and gives it a path of Latin letters. */
export async function answer(title, path) {
  let dialog = "";
  for (let tries = 0; tries < 100 && !dialog; tries += 1) {
    await pause(200);
    dialog = await tool("search", "--onlyvisible", "--name", title).catch(() => "");
  }
  if (!dialog) throw new Error(`no dialog “${title}”`);
  await tool("windowfocus", "--sync", dialog.split("\n")[0]);
  await pause(400);
  // Where the path is typed: a dialog that opens files shows it only when asked.
  await tool("key", "ctrl+l");
  await pause(300);
  await tool("key", "ctrl+a");
  await tool("type", "--delay", "15", path);
  await pause(400);
  await tool("key", "Return");
}
