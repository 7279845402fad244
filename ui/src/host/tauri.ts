import { invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open } from "@tauri-apps/plugin-dialog";
import type { Report } from "../flows/verify/report";
import type { Answer, DropListener, Host, Opened, Refusal } from "./types";

const isRefusal = (thrown: unknown): thrown is Refusal =>
  typeof thrown === "object" && thrown !== null && "code" in thrown && "fact" in thrown && "advice" in thrown;

async function choose(title: string, name: string, extensions: string[]): Promise<string | null> {
  return open({ title, multiple: false, directory: false, filters: [{ name, extensions }] });
}

export const tauriHost: Host = {
  async verifyFile(dossier, trust): Promise<Answer> {
    try {
      return { report: await invoke<Report>("verify_file", { dossier, trust }) };
    } catch (thrown) {
      // Whatever is not a refusal by the program itself is a fault in between, and is thrown on.
      if (isRefusal(thrown)) return { refusal: thrown };
      throw thrown;
    }
  },
  openedFiles: () => invoke<Opened>("opened_files"),
  chooseDossier: (title) => choose(title, "zzdossier", ["zzdossier"]),
  chooseTrustPackage: (title) => choose(title, "zztrust", ["zztrust"]),
  chooseTrustFolder: (title) => open({ title, multiple: false, directory: true }),
  onDrop(listener: DropListener) {
    const stop = getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === "drop") listener.dropped(payload.paths);
      else if (payload.type === "leave") listener.left();
      else listener.over();
    });
    return () => void stop.then((end) => end());
  },
};
