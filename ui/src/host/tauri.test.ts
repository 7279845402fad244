// What the window asks of the system's own dialogs, and what it hears of files that are dragged over it.

import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open, save } from "@tauri-apps/plugin-dialog";
import { expect, test, vi } from "vitest";
import { tauriHost } from "./tauri";

vi.mock("@tauri-apps/plugin-dialog", () => ({
  open: vi.fn(async () => null),
  save: vi.fn(async () => null),
}));
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
