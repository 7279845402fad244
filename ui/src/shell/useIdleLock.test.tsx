// Ten minutes without a person, and what counts as one.

import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { session, answers as sessionOf } from "../test/data/session";
import type { FakeHost } from "../test/fakeHost";
import { showApp } from "../test/render";

const MINUTE = 60_000;
const NAME = "松江科创孵化器【演示】";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

/** The window at a page that is quickly there, with the name of whose desk it is. */
async function begun(settings = {}) {
  const status = session({ settings: { ...session().settings, ...settings } });
  const shown = showApp({ page: "about" }, sessionOf(status));
  await screen.findByText(NAME);
  return shown;
}

/** Does something, and lets what follows from it follow. */
const after = (happens: () => unknown) =>
  act(async () => {
    happens();
    await new Promise((settled) => setTimeout(settled, 20));
  });
/** Time that goes by with the computer awake. */
const wait = (time: number) => after(() => vi.advanceTimersByTime(time));
/** Time that goes by while it sleeps: every timer stands still. */
const sleep = (time: number) => vi.setSystemTime(Date.now() + time);
const locks = (host: FakeHost) => host.asked("session.lock").length;

async function expectLocked(host: FakeHost) {
  expect(locks(host)).toBe(1);
  expect(await screen.findAllByText("已锁定")).not.toEqual([]);
  expect(screen.queryByText(NAME)).toBeNull();
}

test("a search that was begun keeps nothing open: ten minutes after its last letter the window is locked", async () => {
  const { host, user } = showApp({ page: "cases" });
  const search = await screen.findByLabelText("企业、编号");
  await user.type(search, "h");
  await wait(9 * MINUTE);
  await user.type(search, "e");
  await wait(10 * MINUTE - 2000);
  expect(locks(host)).toBe(0);
  await wait(3000);
  await expectLocked(host);
  await wait(20 * MINUTE);
  expect(locks(host)).toBe(1);
});

test.each([
  ["a key", () => fireEvent.keyDown(document.body, { key: "i" })],
  ["the pointer", () => fireEvent.pointerMove(document.body)],
  ["the focus", () => fireEvent.focus(window)],
  [
    "a window that is seen again",
    () => fireEvent(document, new Event("visibilitychange", { bubbles: true })),
  ],
  ["no sign at all, a second later", () => vi.advanceTimersByTime(1000)],
])("after a sleep of ten minutes the window is locked by %s", async (_, woken) => {
  const { host } = await begun();
  await wait(MINUTE);
  sleep(10 * MINUTE);
  await after(() => {});
  expect(locks(host)).toBe(0);
  await after(woken);
  await expectLocked(host);
});

test("a shorter sleep locks nothing", async () => {
  const { host } = await begun();
  sleep(8 * MINUTE);
  await after(() => fireEvent.keyDown(document.body, { key: "i" }));
  await wait(9 * MINUTE);
  expect(locks(host)).toBe(0);
});

test("a focus that moves by itself keeps nothing open", async () => {
  const { host } = await begun();
  await wait(9 * MINUTE);
  await after(() => fireEvent.focus(document.body));
  await wait(MINUTE + 1000);
  await expectLocked(host);
});

test("a clock that is set back does not keep the window open", async () => {
  const { host } = await begun();
  sleep(-60 * MINUTE);
  await wait(10 * MINUTE + 2000);
  await expectLocked(host);
});

test("who chose never to be locked is not", async () => {
  const { host } = await begun({ idle_minutes: 0 });
  sleep(60 * MINUTE);
  await wait(60 * MINUTE);
  expect(locks(host)).toBe(0);
});
