import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { expectAccessible, showApp } from "../../test/render";

test("Ctrl+P gives the papers of a case from any of its tabs, and no file that is none", async () => {
  const { host, user } = showApp({ page: "case", id: "case-18" });
  await user.click(await screen.findByRole("tab", { name: /材料清单/ }));
  await user.keyboard("{Control>}p{/Control}");
  const dialog = await screen.findByRole("dialog", { name: "打印文书" });
  expect(within(dialog).queryByRole("button", { name: /决定文件|JSON/ })).toBeNull();
  await expectAccessible();
  host.choices.push("/out/决定通知.pdf");
  await user.click(within(dialog).getByRole("radio", { name: "English" }));
  await user.click(within(dialog).getByRole("button", { name: "决定通知" }));
  expect(await within(dialog).findByText("/out/决定通知.pdf")).toBeDefined();
  expect(host.asked("cases.save_document")).toEqual([
    { id: "case-18", document: "decision_notice", nth: 1, path: "/out/决定通知.pdf", language: "en" },
  ]);
});

test("what was printed before is found again under its number, and asked for as that one", async () => {
  const { host, user } = showApp({ page: "case", id: "case-18" });
  await user.click(await screen.findByText("以前的文书（1）"));
  host.choices.push("/out/核验报告.pdf");
  await user.click(screen.getByRole("button", { name: "核验报告 核〔2026〕0018（2026-11-16）" }));
  expect(await screen.findByText("/out/核验报告.pdf")).toBeDefined();
  expect(host.asked("cases.save_document")).toEqual([
    { id: "case-18", document: "report", nth: 1, path: "/out/核验报告.pdf", language: "zh" },
  ]);
  await expectAccessible();
});
