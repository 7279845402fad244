import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open, save } from "@tauri-apps/plugin-dialog";
import type { Event, SessionStatus } from "../gen/wire";
import { type Answered, type Host, Refused, refusalOf, type Word } from "./types";

/** Stops what was begun, whenever its beginning comes to an end. */
const stopper = (begun: Promise<() => void>) => () => void begun.then((stop) => stop());

/** What the program put before the page's own script (`src-tauri/src/window.rs`); old by the time of a reload. */
function begun(): Pick<Host, "begun"> {
  const { zizhiBegun } = window as { zizhiBegun?: SessionStatus | null };
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return zizhiBegun && page?.type === "navigate" ? { begun: zizhiBegun } : {};
}

/** The words of a button as a title: titles have no dots that announce a dialog. */
const titleOf = (words: string) => words.replace(/…$/, "");

export const tauriHost: Host = {
  ...begun(),
  async call<W extends Word>(word: W, request: unknown): Promise<Answered<W>> {
    try {
      return await invoke<Answered<W>>("rpc", { word, payload: request });
    } catch (thrown) {
      throw new Refused(refusalOf(thrown));
    }
  },
  on(listener, listening) {
    const begun = listen<Event>("program", ({ payload }) => listener(payload));
    if (listening) void begun.then(listening);
    return stopper(begun);
  },
  onDrop: (listener) =>
    stopper(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === "drop") listener.dropped(payload.paths);
        else if (payload.type === "leave") listener.left();
        else listener.over();
      }),
    ),
  chooseFile: (title, filters) => open({ title: titleOf(title), filters, multiple: false, directory: false }),
  chooseFiles: async (title, filters) =>
    (await open({ title: titleOf(title), filters, multiple: true, directory: false })) ?? [],
  chooseFolder: (title) => open({ title: titleOf(title), multiple: false, directory: true }),
  saveAs: (title, defaultPath, kind) => save({ title: titleOf(title), defaultPath, filters: [kind] }),
  copy,
  async copySecret(text) {
    forNoHistory = await invoke<boolean>("copy_secret", { text }).catch(() => false);
    if (!forNoHistory) await copy(text);
    return forNoHistory;
  },
  async clearSecret(text) {
    if (!forNoHistory) await copy(CLEARED);
    else if (!(await invoke<boolean>("clear_secret", { text }))) throw new Error("the clipboard keeps it");
  },
};

/** Whether the last secret was copied by the program, with the word to keep it nowhere, and not by the page. */
let forNoHistory = false;

/** What the page puts in the place of a secret: nothing would leave it as it was. */
const CLEARED = " ";

async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

/** The older way, for webviews that keep the clipboard from pages of their own scheme. */
function copyBySelection(text: string) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "out-of-sight";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
