// A link from outside that names a case.

import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { expectAccessible, showApp } from "../../test/render";

const NUMBER = "收〔2026〕99999";
const about = { page: "about" } as const;
const linked = (number: string) => ({ event: "linked", number }) as const;
const asks = () => screen.findByRole("dialog", { name: "链接要打开一件收件" });

async function begun(own = {}) {
  const shown = showApp(about, own);
  await screen.findByRole("heading", { level: 1, name: "关于资质通" });
  return shown;
}

test("a case that a link names is opened only once somebody said so", async () => {
  const { user, host } = await begun();
  act(() => host.emit(linked(NUMBER)));
  const dialog = await asks();
  const open = await within(dialog).findByRole("button", { name: "打开收件" });
  expect(dialog.textContent).toContain(NUMBER);
  expect(host.asked("cases.get")).toEqual([]);
  await expectAccessible();
  await user.click(open);
  await waitFor(() => expect(host.asked("cases.get")).toEqual([{ id: "case-99999" }]));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("who does not want it stays where he is", async () => {
  const { user, host } = await begun();
  act(() => host.emit(linked(NUMBER)));
  await user.click(await within(await asks()).findByRole("button", { name: "不打开" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(host.asked("cases.get")).toEqual([]);
  expect(screen.getByRole("heading", { level: 1, name: "关于资质通" })).toBeDefined();
});

test("a number that begins like another is not taken for it", async () => {
  const { host } = await begun();
  act(() => host.emit(linked("收〔2026〕9999")));
  expect((await asks()).textContent).not.toContain("请求打开");
  expect(await screen.findByText(/没有编号为 收〔2026〕9999 的收件/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "打开收件" })).toBeNull();
});

test.each([
  ["a firm", session({ profile: FIRM })],
  ["whoever has no database", session({ database: "none", profile: null, waiting: null })],
])("%s reads that there is no such case", async (_, status) => {
  const none = { ...sessionOf(status), "cases.list": () => ({ cases: [], next: null }) };
  const { user, host } = await begun(none);
  act(() => host.emit(linked(NUMBER)));
  expect(await screen.findByText(/没有编号为 收〔2026〕99999 的收件/)).toBeDefined();
  await user.click(
    within(await asks())
      .getAllByRole("button", { name: "关闭" })
      .at(-1) as HTMLElement,
  );
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("with the database locked it is unlocked first, and then asked", async () => {
  const { user, host } = await begun(
    sessionOf(session({ database: "locked", profile: null, waiting: null, linked: NUMBER })),
  );
  const field = await screen.findByLabelText("口令或恢复密钥");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.body.textContent).not.toContain(NUMBER);
  await user.type(field, "演练口令");
  await user.click(screen.getByRole("button", { name: "解锁" }));
  await user.click(await within(await asks()).findByRole("button", { name: "打开收件" }));
  await waitFor(() => expect(host.asked("cases.get")).toEqual([{ id: "case-99999" }]));
});
