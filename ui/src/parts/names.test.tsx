// Ids of files, lists and registers are no names: on the screens stands what people call a thing.

import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { FIRM, session, answers as sessionOf } from "../test/data/session";
import { HEFEI } from "../test/data/verify";
import { showApp } from "../test/render";

const firm = sessionOf(session({ profile: FIRM }));
const page = () => document.getElementById("page") as HTMLElement;

test("a checklist has its title wherever it is named", async () => {
  showApp({ page: "requests" }, firm);
  expect((await screen.findAllByText("松江异地经营材料清单")).length).toBe(2);
  expect(page().textContent).not.toContain("SJ-BRANCH");
});

test("a verdict names the checklist, and neither a rule pack by its id nor the kind of a file", async () => {
  showApp({ page: "verify", path: HEFEI.path });
  fireEvent.click(await screen.findByRole("tab", { name: /材料清单/ }));
  expect(await screen.findByText("松江异地经营材料清单")).toBeDefined();
  expect(page().textContent).not.toMatch(/SJ-BRANCH|sh-songjiang/);
  fireEvent.click(screen.getByRole("tab", { name: /附件/ }));
  expect(await screen.findByText("营业执照电子文件【演示】.ofd")).toBeDefined();
  expect(page().textContent).not.toContain("business_licence_scan");
});

test("a rule keeps its id among the details of a credential, and what it counts as is a name", async () => {
  const { user, host } = showApp({ page: "verify", path: HEFEI.path });
  fireEvent.click(await screen.findByRole("tab", { name: /资质凭证/ }));
  const line = (await screen.findByText("HFUSP-2026-0117")).closest("li") as HTMLElement;
  expect(line.textContent).not.toContain("SJ-E-01");
  fireEvent.click(screen.getByText("HFUSP-2026-0117"));
  expect(line.textContent).not.toContain("incubatee-certificate");
  await user.click(within(line).getByRole("button", { name: "复制 SJ-E-01" }));
  expect(host.copied).toEqual(["SJ-E-01"]);
});

test("the trust page names regions and publishers, and an issuer its level", async () => {
  const { user } = showApp({ page: "trust", from: null });
  expect(await screen.findByRole("heading", { name: /上海市松江区/ })).toBeDefined();
  expect((await screen.findAllByText("松江科创孵化器【演示】")).length).toBeGreaterThan(0);
  await user.click(screen.getByRole("button", { name: /家签发方/ }));
  await user.click(await screen.findByText("松江科创孵化器【演示】", { selector: "td *" }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("标准级");
  expect(dialog.textContent).not.toContain("ministry");
});
