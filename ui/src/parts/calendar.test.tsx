import { screen } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import { expectAccessible, showPart } from "../test/render";
import { Day } from "./Day";

test("a calendar's buttons are heard as they are read", async () => {
  const { user } = showPart(<Day aria-label="期限" value="2026-11-23" onChange={() => {}} />);
  await user.click(await screen.findByRole("textbox", { name: "期限" }));
  const year = await screen.findByText("2026年", { selector: "button" });
  const month = screen.getByText("11月", { selector: "button" });
  expect([year, month].map((button) => button.getAttribute("aria-label"))).toEqual(["", ""]);
  const { violations } = await axe.run(document.body, { runOnly: ["label-content-name-mismatch"] });
  expect(violations.map(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
  await expectAccessible();
});
