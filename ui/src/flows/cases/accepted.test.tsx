import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { caseLine, casePage } from "../../test/data/cases";
import { expectAccessible, showApp } from "../../test/render";

test("an accepted case says what moved since, and is not judged again", async () => {
  const told = { zh: "核验结论由“通过”变为“不通过”。", en: "It went from “passed” to “failed”." };
  const accepted = { ...caseLine(17), state: "decided", outcome: "accepted" } as const;
  const { user, host } = showApp(
    { page: "case", id: "case-17" },
    { "cases.get": () => ({ ...casePage(accepted), moved_since: told }) },
  );
  const note = (await screen.findByText(told.zh)).closest("[role=alert]") as HTMLElement;
  expect(note.textContent).toContain("作出决定之后，核验结论有变");
  expect(screen.queryByRole("button", { name: "重新核验" })).toBeNull();
  await user.keyboard("{F5}");
  expect(host.asked("cases.rejudge")).toEqual([]);
  await expectAccessible();
});

test("what moved is told in the words of the interface, and not as a note too", async () => {
  const line = caseLine(17);
  const told = { zh: "有条件通过 → 不通过", en: "passed with conditions → failed" };
  const timeline = [
    { at: "2026-11-20T08:01:00+08:00", kind: "moved" as const, actor: "程序", note: null, told },
  ];
  showApp({ page: "case", id: line.id }, { "cases.get": () => ({ ...casePage(line), timeline }) });
  expect(await screen.findByText(told.zh)).toBeDefined();
});
