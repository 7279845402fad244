import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { routeOf } from "./flows/verify/dropped";
import { RouterContext, useKept, useNewRouter } from "./route";

test("back returns to what was there, with what it kept", () => {
  const { result } = renderHook(() => useNewRouter({ page: "cases" }));
  result.current.kept.set("filter", "合肥");
  act(() => result.current.go({ page: "case", id: "1" }));
  expect(result.current.route).toEqual({ page: "case", id: "1" });
  expect(result.current.kept.has("filter")).toBe(false);
  act(() => result.current.back());
  expect(result.current.route).toEqual({ page: "cases" });
  expect(result.current.kept.get("filter")).toBe("合肥");
  expect(result.current.behind).toBe(0);
});

test("there is nothing behind the first page", () => {
  const { result } = renderHook(() => useNewRouter({ page: "cases" }));
  act(() => result.current.back());
  expect(result.current.route).toEqual({ page: "cases" });
});

test("the menu begins anew, the same page too", () => {
  const { result } = renderHook(() => useNewRouter({ page: "cases" }));
  const before = result.current.place;
  act(() => result.current.go({ page: "case", id: "1" }));
  act(() => result.current.begin({ page: "cases" }));
  expect(result.current.behind).toBe(0);
  expect(result.current.place).not.toBe(before);
});

test("what is kept outlives the component", () => {
  const router = renderHook(() => useNewRouter({ page: "cases" }));
  const wrapper = ({ children }: { children: ReactNode }) => (
    <RouterContext value={router.result.current}>{children}</RouterContext>
  );
  const first = renderHook(() => useKept("n", 1), { wrapper });
  act(() => first.result.current[1](2));
  first.unmount();
  expect(renderHook(() => useKept("n", 1), { wrapper }).result.current[0]).toBe(2);
});

test.each([
  [["/a/b.zzdossier"], { page: "verify", path: "/a/b.zzdossier", others: 0 }],
  [["C:\\收件\\b.ZZDOSSIER"], { page: "verify", path: "C:\\收件\\b.ZZDOSSIER", others: 0 }],
  [["/a/notes.txt", "/a/b.zzdossier"], { page: "verify", path: "/a/b.zzdossier", others: 1 }],
  [["/a/收件夹"], { page: "batch", path: "/a/收件夹" }],
  [["/a/notes.txt"], { page: "verify", path: "/a/notes.txt", others: 0 }],
  [["/a/数据.zztrust"], { page: "trust", from: "/a/数据.zztrust" }],
  [["/a/x.zzcred", "/a/说明.txt", "/a/y.ZZCRED"], { page: "held", from: ["/a/x.zzcred", "/a/y.ZZCRED"] }],
  [["/a/松江.zzbackup"], { page: "restore", path: "/a/松江.zzbackup" }],
  [["/a/请求.zzrequest"], { page: "requests", from: "/a/请求.zzrequest" }],
  [["/a/决定.zzdecision"], { page: "requests", from: "/a/决定.zzdecision" }],
])("%j leads to its page", (paths, route) => {
  expect(routeOf(paths)).toEqual(route);
});

test.each(["/a/x.zzcred", "/a/请求.zzrequest", "/a/决定.zzdecision"])(
  "an incubator, which keeps no such paper, has %s looked at",
  (path) => {
    expect(routeOf([path], "incubator")).toEqual({ page: "verify", path, others: 0 });
  },
);

test("no file leads nowhere", () => {
  expect(routeOf([])).toBeNull();
});

test("what is replaced cannot be gone back to, nor what was kept with it", () => {
  const { result } = renderHook(() => useNewRouter({ page: "verify", path: "/a.zzdossier" }));
  act(() => result.current.kept.set("verify-identity", "/key.txt"));
  act(() => result.current.go({ page: "case", id: "case-20" }));
  act(() => result.current.replace(["verify"], { page: "verify", path: null }));
  expect(result.current.route).toEqual({ page: "case", id: "case-20" });
  act(() => result.current.back());
  expect(result.current.route).toEqual({ page: "verify", path: null });
  expect(result.current.kept.size).toBe(0);
});
