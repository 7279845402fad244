import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useNewRouter } from "./route";

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
