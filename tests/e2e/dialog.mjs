// The file dialogs of the desktop, which are no part of the page: answered with the keyboard, as a person would.

import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const tool = async (...args) => (await run("xdotool", args)).stdout.trim();

/** The dialogs of this title that are on the screen. */
const shown = async (title) =>
  (await tool("search", "--onlyvisible", "--name", title).catch(() => "")).split("\n").filter(Boolean);

/** Looks until `wanted` holds of the dialogs of this title, for so many fifths of a second; returns those seen last. */
async function look(title, looks, wanted) {
  let dialogs = [];
  for (let tries = 0; tries < looks; tries += 1) {
    await pause(200);
    dialogs = await shown(title);
    if (wanted(dialogs)) break;
  }
  return dialogs;
}

/**
 * Milliseconds between letters. One that no key has is typed by giving a key another meaning for a moment, which a busy
 * machine has to hear of first.
 */
const pace = (path) => (/[^\x20-\x7e]/.test(path) ? "90" : "15");

/** Waits for the dialog of this title, gives it a path, and waits until it took it. */
export async function answer(title, path) {
  const [dialog] = await look(title, 100, (seen) => seen.length > 0);
  if (!dialog) throw new Error(`no dialog “${title}”`);
  // On a busy machine a dialog may not listen yet: what it did not take is typed again, as a person would.
  for (let tries = 0; tries < 4; tries += 1) {
    await tool("windowfocus", "--sync", dialog);
    await pause(400);
    // Where the path is typed: a dialog that opens files shows it only when asked.
    await tool("key", "ctrl+l");
    await pause(300);
    await tool("key", "ctrl+a");
    await tool("type", "--delay", pace(path), path);
    await pause(400);
    await tool("key", "Return");
    if (!(await look(title, 25, (seen) => !seen.includes(dialog))).includes(dialog)) return;
    // A dialog that asks for a folder goes into it first, and is answered by its button.
    await tool("windowfocus", "--sync", dialog);
    await tool("key", "Return");
    if (!(await look(title, 10, (seen) => !seen.includes(dialog))).includes(dialog)) return;
  }
  throw new Error(`the dialog “${title}” did not take ${path}`);
}
