// A list goes out as a table with the filter that is on the screen.

import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { answers as casesOf } from "../test/data/cases";
import { FIRM, session, answers as sessionOf } from "../test/data/session";
import { refused } from "../test/fakeHost";
import { showApp } from "../test/render";

const firm = sessionOf(session({ profile: FIRM }));

test.each([
  [{ page: "cases" } as const, "cases.export", "台账"],
  [{ page: "register" } as const, "register.export", "在园企业名册"],
  [{ page: "issued" } as const, "issue.export_table", "签发"],
  [{ page: "held" } as const, "hold.export", "资质凭证"],
] as const)("%o goes out by %s with what was searched for", async (route, command, name) => {
  const { user, host } = showApp(route, route.page === "held" ? firm : {});
  const field = (await screen.findAllByRole("textbox"))[0] as HTMLElement;
  await user.type(field, "星河{Enter}");
  host.choices.push(`/out/${name}.xlsx`);
  await user.click(await screen.findByRole("button", { name: "导出 Excel…" }));
  expect(await screen.findByText(`/out/${name}.xlsx`)).toBeDefined();
  expect(host.asked(command)[0]?.filter.text).toBe("星河");
});

test("a table that cannot be written says so, and nothing is praised", async () => {
  const full = { ...casesOf(), "cases.export": () => refused("IO-FULL", "磁盘已满") };
  const { user, host } = showApp({ page: "cases" }, full);
  host.choices.push("/out/台账.xlsx");
  await user.click(await screen.findByRole("button", { name: "导出 Excel…" }));
  expect(await screen.findByText("磁盘已满")).toBeDefined();
  await waitFor(() => expect(screen.queryByText("/out/台账.xlsx")).toBeNull());
});
