// What the window asks of the system's own dialogs.

import { open, save } from "@tauri-apps/plugin-dialog";
import { expect, test, vi } from "vitest";
import { tauriHost } from "./tauri";

vi.mock("@tauri-apps/plugin-dialog", () => ({
  open: vi.fn(async () => null),
  save: vi.fn(async () => null),
}));

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
