// What the window asks of the system's own dialogs and clipboard, and what it hears of files that are dragged over it.

import { invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open, save } from "@tauri-apps/plugin-dialog";
import { expect, test, vi } from "vitest";
import { tauriHost } from "./tauri";

vi.mock("@tauri-apps/plugin-dialog", () => ({
  open: vi.fn(async () => null),
  save: vi.fn(async () => null),
}));
vi.mock("@tauri-apps/api/core", () => ({ invoke: vi.fn() }));
vi.mock("@tauri-apps/api/webview", () => {
  const webview = { onDragDropEvent: vi.fn() };
  return { getCurrentWebview: () => webview };
});

test("a dialog is titled by the words of its button without the dots that announce it", async () => {
  await tauriHost.chooseFile("选择档案…", []);
  await tauriHost.chooseFiles("导入凭证…", []);
  await tauriHost.chooseFolder("选择文件夹…");
  await tauriHost.saveAs("导出公钥…", "公钥.jwk", { name: "JWK", extensions: ["jwk"] });
  await tauriHost.chooseFile("选择备份文件", []);
  const titles = [...vi.mocked(open).mock.calls, ...vi.mocked(save).mock.calls].map(
    ([asked]) => asked?.title,
  );
  expect(titles).toEqual(["选择档案", "导入凭证", "选择文件夹", "选择备份文件", "导出公钥"]);
});

test("files that are dragged over the window, away from it or dropped on it are told until nobody listens", async () => {
  const stop = vi.fn();
  const listened = vi.mocked(getCurrentWebview().onDragDropEvent).mockResolvedValue(stop);
  const told: unknown[] = [];
  const end = tauriHost.onDrop({
    over: () => told.push("over"),
    left: () => told.push("left"),
    dropped: (paths) => told.push(paths),
  });
  const position = { x: 1, y: 1 } as never;
  const paths = ["/甲.zzdossier", "/乙.zztrust"];
  const drag = listened.mock.calls[0]?.[0] as unknown as (event: { payload: unknown }) => void;
  drag({ payload: { type: "enter", paths, position } });
  drag({ payload: { type: "over", position } });
  drag({ payload: { type: "leave" } });
  drag({ payload: { type: "drop", paths, position } });
  expect(told).toEqual(["over", "over", "left", paths]);
  expect(stop).not.toHaveBeenCalled();
  end();
  await vi.waitFor(() => expect(stop).toHaveBeenCalledTimes(1));
});

test("a secret goes to the program, for no history, and by the page where the program cannot", async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const told = vi.mocked(invoke).mockResolvedValue(true);
  expect(await tauriHost.copySecret("密钥")).toBe(true);
  await tauriHost.clearSecret("密钥");
  expect(told.mock.calls).toEqual([
    ["copy_secret", { text: "密钥" }],
    ["clear_secret", { text: "密钥" }],
  ]);
  expect(writeText).not.toHaveBeenCalled();

  told.mockResolvedValueOnce(false);
  expect(await tauriHost.copySecret("密钥")).toBe(false);
  await tauriHost.clearSecret("密钥");
  expect(writeText.mock.calls).toEqual([["密钥"], [" "]]);

  told.mockResolvedValueOnce(true).mockResolvedValueOnce(false);
  await tauriHost.copySecret("密钥");
  await expect(tauriHost.clearSecret("密钥")).rejects.toThrow();
  vi.unstubAllGlobals();
});
