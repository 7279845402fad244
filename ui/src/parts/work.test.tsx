// Long work says how far it is while it lasts, from what the program tells.

import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { showApp } from "../test/render";

const never = () => new Promise<never>(() => undefined);
const bar = (name: string) => screen.findByRole("progressbar", { name });

test("the import of a roster tells its rows", async () => {
  const { host, user } = showApp({ page: "roster", path: "/a.xlsx" }, { "register.import": never });
  await user.click(await screen.findByText(/^导入 \d+ 家$/));
  await bar("导入进度");
  const [asked] = host.asked("register.import");
  act(() => host.emit({ event: "progress", job: asked?.id ?? "", done: 3, total: 12 }));
  expect(await screen.findByText("3 / 12")).toBeDefined();
});

test("issuing tells its credentials, and begins at none after another batch", async () => {
  const { host, user } = showApp({ page: "issue", firms: ["firm-1"] }, { "issue.issue": never });
  await screen.findByRole("textbox", { name: "编号" });
  act(() => host.emit({ event: "progress", job: "issue", done: 9, total: 9 }));
  host.choices.push("/out");
  await user.click(screen.getByRole("button", { name: "签发 1 份" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "一句足够长的口令{Enter}");
  await bar("签发进度");
  await waitFor(() => expect(screen.queryByText("9 / 9")).toBeNull());
  act(() => host.emit({ event: "progress", job: "issue", done: 1, total: 2 }));
  expect(await screen.findByText("1 / 2")).toBeDefined();
});

test("a backup tells its share", async () => {
  const { host, user } = showApp({ page: "upkeep" }, { "upkeep.backup": never });
  host.choices.push("/backups");
  await user.click(await screen.findByRole("button", { name: "立即备份" }));
  await bar("备份进度");
  act(() => host.emit({ event: "progress", job: "backup", done: 10, total: 40 }));
  expect(await screen.findByText("25%")).toBeDefined();
});

test("work is stopped where its progress is told, and its dialog stays until it has ended", async () => {
  const stopped = {
    code: "WORK-STOPPED",
    fact: { zh: "已停止", en: "stopped" },
    advice: { zh: "可以再来", en: "again" },
  };
  let refuse: (refused: unknown) => void = () => undefined;
  const { host, user } = showApp(
    { page: "issue", firms: ["firm-1"] },
    {
      "issue.issue": () => new Promise((_, reject) => (refuse = reject)),
      "session.stop": () => ({}),
    },
  );
  await screen.findByRole("textbox", { name: "编号" });
  host.choices.push("/out");
  await user.click(screen.getByRole("button", { name: "签发 1 份" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "一句足够长的口令{Enter}");
  await bar("签发进度");
  await user.keyboard("{Escape}");
  expect(within(dialog).getByRole("button", { name: /取\s*消/ })).toHaveProperty("disabled", true);
  await user.click(within(dialog).getByRole("button", { name: "停止" }));
  expect(host.asked("session.stop")).toEqual([{ job: "issue" }]);
  act(() => refuse(stopped));
  expect(await within(dialog).findByText("已停止")).toBeDefined();
  expect(screen.queryByRole("progressbar", { name: "签发进度" })).toBeNull();
});
