import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { expectAccessible, showPart } from "../test/render";
import { Disclosure } from "./Disclosure";
import { Tabs } from "./Tabs";

function Three() {
  const [shown, setShown] = useState("b");
  const tabs = ["a", "b", "c"].map((key) => ({
    key,
    label: `tab ${key}`,
    count: 3,
    children: `panel ${key}`,
  }));
  return <Tabs name="three" tabs={tabs} shown={shown} onShow={setShown} />;
}

test("arrow keys go round the tabs, Home and End to the ends, and only one is in the way of Tab", async () => {
  const { user } = showPart(<Three />);
  const seen: (string | null)[] = [];
  await user.click(screen.getByRole("tab", { name: /tab b/ }));
  for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "Home", "End"]) {
    await user.keyboard(`{${key}}`);
    seen.push(screen.getByRole("tabpanel").textContent);
    expect(document.activeElement?.getAttribute("aria-selected")).toBe("true");
  }
  expect(seen).toEqual(["panel c", "panel a", "panel c", "panel a", "panel c"]);
  expect(screen.getAllByRole("tab").filter((tab) => tab.tabIndex === 0).length).toBe(1);
  await expectAccessible();
});

test("what is closed is not there", async () => {
  const { user } = showPart(<Disclosure summary="line">behind</Disclosure>);
  expect(screen.queryByText("behind")).toBeNull();
  await user.click(screen.getByRole("button", { name: "line", expanded: false }));
  expect(screen.getByText("behind")).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "line", expanded: true }));
  expect(screen.queryByText("behind")).toBeNull();
});
