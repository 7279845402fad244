import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { App } from "./App";
import { EVERYTHING } from "./flows/cases/filter";
import { Refused, refusalOf } from "./host/types";
import { Rpc, useAct, useAsk, usePages, useWork } from "./rpc";
import { answers as ledger } from "./test/data/cases";
import { session } from "./test/data/session";
import { BATCH } from "./test/data/verify";
import { type Answers, type FakeHost, fakeHost, refusal } from "./test/fakeHost";
import { showApp } from "./test/render";

function hook<T>(use: () => T, own: Answers = {}) {
  const host: FakeHost = fakeHost(own);
  const wrapper = ({ children }: { children: ReactNode }) => <Rpc host={host}>{children}</Rpc>;
  return { host, ...renderHook(use, { wrapper }) };
}

test("what an event says changed is asked again, and nothing else", async () => {
  const { host, result } = hook(() => [useAsk("cases.notices", {}), useAsk("trust.page", null)]);
  await waitFor(() => expect(result.current[0]?.data).toBeDefined());
  act(() => host.emit({ event: "changed", what: ["held"] }));
  act(() => host.emit({ event: "changed", what: ["cases"] }));
  await waitFor(() => expect(host.asked("cases.notices").length).toBe(2));
});

test("a session that was handed over is there at once, and is asked for behind it", async () => {
  const locked = session({ database: "locked" });
  const host = { ...fakeHost({ "session.status": () => session({ database: "open" }) }), begun: locked };
  const wrapper = ({ children }: { children: ReactNode }) => <Rpc host={host}>{children}</Rpc>;
  const seen: (string | undefined)[] = [];
  const { result } = renderHook(
    () => {
      const status = useAsk("session.status", {});
      seen.push(status.data?.database);
      return status;
    },
    { wrapper },
  );
  await waitFor(() => expect(result.current.data?.database).toBe("open"));
  expect(seen[0]).toBe("locked");
});

test("a file that came before anybody listened is shown as well", async () => {
  const kept = { "session.listening": () => ({ files: [["/一份.zzdossier"]] }) };
  const host = { ...fakeHost(kept), begun: session() };
  render(<App host={host} />);
  await waitFor(() => expect(host.asked("verify.file").map(({ path }) => path)).toEqual(["/一份.zzdossier"]));
});

test("new trust data judge every dossier on the screen again", async () => {
  const { host, result } = hook(() => useAsk("verify.file", { path: "a.zzdossier", identity: null }));
  await waitFor(() => expect(result.current.data).toBeDefined());
  act(() => host.emit({ event: "changed", what: ["trust"] }));
  await waitFor(() => expect(host.asked("verify.file").length).toBe(2));
});

test("what is done makes its own answers stale", async () => {
  const { host, result } = hook(() => ({
    notices: useAsk("cases.notices", {}),
    see: useAct("cases.notice_seen"),
  }));
  await waitFor(() => expect(result.current.notices.data).toBeDefined());
  await act(() => result.current.see.mutateAsync({ id: "notice-1" }));
  await waitFor(() => expect(host.asked("cases.notices").length).toBe(2));
});

test("a refusal is the error, and is not tried again", async () => {
  let tries = 0;
  const { result } = hook(() => useAsk("cases.get", { id: "1" }), {
    "cases.get": () => {
      tries += 1;
      throw new Refused(refusal("CASE-NONE", "没有这个办件"));
    },
  });
  await waitFor(() => expect(result.current.error?.refusal.code).toBe("CASE-NONE"));
  expect(tries).toBe(1);
});

test("whatever else is thrown becomes a refusal with advice", () => {
  const told = refusalOf(new TypeError("no bridge"));
  expect(told.code).toBe("WINDOW-FAULT");
  expect(told.advice.zh).not.toBe("");
  expect(told.cause).toBe("no bridge");
  expect(refusalOf(refusal("A", "甲")).code).toBe("A");
});

test("a long list that grew is cut before it is asked again, so that a change costs little", async () => {
  const { host, result } = hook(() => usePages("cases.list", EVERYTHING, ({ cases }) => cases));
  for (let page = 1; page <= 15; page += 1) {
    await waitFor(() => expect(result.current.rows.length).toBe(50 * page));
    act(() => result.current.more());
  }
  await waitFor(() => expect(result.current.rows.length).toBe(800));
  const before = host.asked("cases.list").length;
  act(() => host.emit({ event: "changed", what: ["cases"] }));
  await waitFor(() => expect(result.current.query.isFetching).toBe(false));
  expect(host.asked("cases.list").length - before).toBe(10);
  expect(result.current.rows.length).toBe(500);
});

test("a list ends where the program says so", async () => {
  const { result } = hook(() => usePages("cases.list", EVERYTHING, ({ cases }) => cases), ledger(3));
  await waitFor(() => expect(result.current.rows.length).toBe(3));
  expect(result.current.whole).toBe(true);
});

test("long work is followed by its events", async () => {
  const { host, result } = hook(() => useWork("job-1"));
  const [first, second] = BATCH;
  if (!first || !second) throw new Error("the demo's folder is empty");
  act(() => host.emit({ event: "batch", job: "job-1", done: 1, total: 2, line: first }));
  act(() => host.emit({ event: "batch", job: "other", done: 1, total: 9, line: second }));
  await waitFor(() => expect(result.current).toMatchObject({ done: 1, total: 2, lines: [first] }));
  act(() =>
    host.emit({
      event: "batch_done",
      job: "job-1",
      summary: { lines: [first, second], cancelled: false, others: 0 },
    }),
  );
  await waitFor(() => expect(result.current.summary?.lines.length).toBe(2));
});

test("a lock that the program made takes every name from the screen and from memory", async () => {
  const { host, user } = showApp({ page: "case", id: "case-20" });
  await screen.findByRole("heading", { level: 1, name: "收〔2026〕0020" });
  await host.call("session.lock", {});
  act(() => host.emit({ event: "locked" }));
  await waitFor(() => expect(document.body.textContent).not.toContain("合肥星河"));
  expect(document.body.textContent).not.toContain("收〔2026〕0020");
  await user.type(await screen.findByLabelText(/^口令/), "right{Enter}");
  expect(await screen.findByRole("heading", { level: 1, name: "收〔2026〕0020" })).toBeDefined();
  expect(host.asked("cases.get").length).toBe(2);
});
