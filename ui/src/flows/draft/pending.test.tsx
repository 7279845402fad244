// What was typed a moment ago is saved before the lock, and when the window may close.

import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { DRAFT } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { showApp } from "../../test/render";

const draft = { page: "draft", id: DRAFT.line.id } as const;

async function typed(own = {}) {
  const shown = showApp(draft, { ...sessionOf(session({ profile: FIRM })), ...own });
  await shown.user.click(await screen.findByText("基本信息"));
  const title = await screen.findByLabelText(/档案名称/);
  fireEvent.change(title, { target: { value: "刚刚打的字" } });
  return shown;
}

test("the lock waits until it is saved", async () => {
  let saved: (() => void) | undefined;
  const { host, user } = await typed({
    "draft.save": () => new Promise((done) => (saved = () => done(DRAFT))),
  });
  expect(screen.queryByText("已保存")).toBeNull();
  await user.keyboard("{Control>}l{/Control}");
  await waitFor(() => expect(host.asked("draft.save")[0]?.fields.title).toBe("刚刚打的字"));
  expect(host.asked("session.lock")).toEqual([]);
  expect(screen.queryByText("已保存")).toBeNull();
  await act(async () => saved?.());
  await waitFor(() => expect(host.asked("session.lock")).toHaveLength(1));
});

test.each([
  ["is hidden with its page", () => fireEvent(window, new Event("pagehide"))],
  ["is about to be unloaded", () => fireEvent(window, new Event("beforeunload"))],
  ["is left for another", () => fireEvent(window, new Event("blur"))],
  ["is left by the pointer", () => fireEvent(document.documentElement, new Event("pointerleave"))],
])("it is saved at once when the window %s", async (_, leave) => {
  const { host } = await typed();
  leave();
  await waitFor(() => expect(host.asked("draft.save")).toHaveLength(1), { timeout: 300 });
});

test("a step that was left and come back to says that all is saved only when it is", async () => {
  let saved: (() => void) | undefined;
  const { user } = await typed({ "draft.save": () => new Promise((done) => (saved = () => done(DRAFT))) });
  await user.click(screen.getByText("自检"));
  await user.click(screen.getByText("基本信息"));
  expect(screen.getByText("正在保存…")).toBeDefined();
  await act(async () => saved?.());
  expect(await screen.findByText("已保存")).toBeDefined();
});
