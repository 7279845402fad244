// A folder of dossiers: what is told on the way, its result, and what becomes of the sealed ones in it.

import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { BatchLine } from "../../gen/wire";
import { session, answers as sessionOf } from "../../test/data/session";
import { BATCH, HEFEI_STALE } from "../../test/data/verify";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const settled = () => screen.findByRole("region", { name: "核验结论" });

test("a folder: progress, failures first, export", async () => {
  const { user, host } = showApp({ page: "batch", path: "/收件夹" });
  await waitFor(() => expect(host.asked("verify.folder")).toEqual([{ path: "/收件夹", identity: null }]));
  await screen.findByRole("progressbar");
  for (const [index, line] of BATCH.entries())
    act(() => host.emit({ event: "batch", job: "job-1", done: index + 1, total: BATCH.length + 3, line }));
  expect(await screen.findByText("正在核验")).toBeDefined();
  const rows = screen.getAllByRole("row").slice(1);
  expect(rows.map((row) => row.querySelector("td")?.textContent)).toEqual([
    "未能核验",
    "不通过",
    "待联网复核",
    "有条件通过",
    "有条件通过",
  ]);
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "停止" }));
  expect(host.asked("session.stop")).toEqual([{ job: "job-1" }]);
  act(() =>
    host.emit({ event: "batch_done", job: "job-1", summary: { lines: BATCH, cancelled: true, others: 0 } }),
  );
  expect(await screen.findByText(/已停止/)).toBeDefined();
  host.choices.push("/out/批量.xlsx");
  await user.click(screen.getByRole("button", { name: "导出 Excel…" }));
  expect(await screen.findByText("/out/批量.xlsx")).toBeDefined();
  expect(host.asked("verify.export_batch")[0]?.lines[0]?.code).toBe("ZIP-CORRUPT");
});

test("a file of a folder that is no dossier is counted apart from those that could not be verified", async () => {
  const { host } = showApp({ page: "batch", path: "/收件夹" });
  await screen.findByRole("progressbar");
  const strange = { ...(BATCH.at(-1) as BatchLine), path: "/说明.zzdossier", code: "FILE-OTHER" };
  const summary = { lines: [strange, ...BATCH], cancelled: false, others: 2 };
  act(() => host.emit({ event: "batch_done", job: "job-1", summary }));
  const tally = (await screen.findByText("已完成")).closest("p") as HTMLElement;
  expect(tally.textContent).toContain("未能核验1");
  expect(tally.textContent).toContain("不是档案1");
  expect(screen.getByText("另有 2 个文件名不以 .zzdossier 或 .zzdossier.age 结尾，没有核验。")).toBeDefined();
});

test("back from a dossier of the folder, its result is still there and was not begun again", async () => {
  const { user, host } = showApp({ page: "batch", path: "/收件夹" });
  await screen.findByRole("progressbar");
  act(() =>
    host.emit({ event: "batch_done", job: "job-1", summary: { lines: BATCH, cancelled: false, others: 0 } }),
  );
  await user.click(await screen.findByText(HEFEI_STALE.report.file.name));
  await settled();
  await user.click(screen.getByRole("button", { name: "返回" }));
  expect(await screen.findByText(HEFEI_STALE.report.file.name)).toBeDefined();
  expect(host.asked("verify.folder").length).toBe(1);
});

test("a damaged file of the folder has its name for a heading, and leads back to the list", async () => {
  const damaged = BATCH.find(({ code }) => code === "ZIP-CORRUPT") as BatchLine;
  const { user, host } = showApp(
    { page: "batch", path: "/收件夹" },
    { "verify.file": () => refused("ZIP-CORRUPT", "文件损坏，没有核验。") },
  );
  await screen.findByRole("progressbar");
  act(() =>
    host.emit({ event: "batch_done", job: "job-1", summary: { lines: BATCH, cancelled: false, others: 0 } }),
  );
  await user.click(await screen.findByText(damaged.name));
  expect(await screen.findByRole("heading", { level: 1, name: damaged.name })).toBeDefined();
  expect(await screen.findByText("ZIP-CORRUPT")).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "返回" }));
  expect(await screen.findByText("已完成")).toBeDefined();
  expect(host.asked("verify.folder")).toHaveLength(1);
});

test("a sealed file of a folder is named where it cannot be opened; its path is in the tooltip", async () => {
  const { host } = showApp({ page: "batch", path: "/收件夹" });
  await waitFor(() => expect(host.asked("verify.folder")).toHaveLength(1));
  const path = "/收件夹/乙.zzdossier.age";
  const fact = `${path} 是加密的档案，没有给出解开它的密钥，没有核验。`;
  const line = { path, name: "乙.zzdossier.age", verdict: null, firm: null, code: "SEAL-IDENTITY" };
  const summary = { lines: [{ ...line, reason: { zh: fact, en: fact } }], cancelled: false, others: 0 };
  await screen.findByRole("progressbar");
  act(() => host.emit({ event: "batch_done", job: "job-1", summary }));
  const reason = await screen.findByText("乙.zzdossier.age 是加密的档案，没有给出解开它的密钥，没有核验。");
  expect(reason.title).toBe(fact);
  expect(reason.closest(".clamped")).not.toBeNull();
  expect(document.getElementById("page")?.textContent).not.toContain("无法读取");
});

test("a folder with sealed dossiers leads to unlocking, and goes on by itself behind it", async () => {
  const shutIn = sessionOf(session({ database: "locked", profile: null, waiting: null }));
  const { user, host } = showApp({ page: "batch", path: "/收件夹" }, shutIn);
  const sealed = { ...(BATCH[0] as BatchLine), verdict: null, firm: null, code: "SEAL-IDENTITY" };
  const done = (lines: BatchLine[]) =>
    act(() =>
      host.emit({ event: "batch_done", job: "job-1", summary: { lines, cancelled: false, others: 0 } }),
    );
  await screen.findByRole("progressbar");
  done([sealed, ...BATCH.slice(1)]);
  expect(await screen.findByText(/有 1 份档案是加密的/)).toBeDefined();
  await expectAccessible();
  await user.click(within(screen.getByRole("alert")).getByRole("button", { name: /解锁/ }));
  await user.type(await screen.findByLabelText(/口令/, { selector: "input[type=password]" }), "口令{Enter}");
  await waitFor(() =>
    expect(host.asked("verify.folder")).toEqual(Array(2).fill({ path: "/收件夹", identity: null })),
  );
  done(BATCH);
  expect(await screen.findByText(HEFEI_STALE.report.file.name)).toBeDefined();
  expect(screen.queryByText(/份档案是加密的/)).toBeNull();
});

test("where an open database did not open a sealed dossier, its folder is not verified over and over", async () => {
  const { host } = showApp({ page: "batch", path: "/收件夹" });
  await screen.findByRole("progressbar");
  const sealed = { ...(BATCH[0] as BatchLine), verdict: null, firm: null, code: "SEAL-IDENTITY" };
  act(() =>
    host.emit({
      event: "batch_done",
      job: "job-1",
      summary: { lines: [sealed], cancelled: false, others: 0 },
    }),
  );
  expect(await screen.findByText(sealed.name)).toBeDefined();
  expect(host.asked("verify.folder")).toHaveLength(1);
});
