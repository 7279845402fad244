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
