import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CaseLine } from "../../gen/wire";
import { caseLine, casePage } from "../../test/data/cases";
import { answers, LINE } from "../../test/data/vouchers";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const CASE: CaseLine = {
  ...caseLine(17),
  scenario: "voucher_redemption",
  verdict: "passed_with_conditions",
};
const page = { page: "case", id: CASE.id } as const;
const shown = (own: Partial<CaseLine> = {}) => ({
  ...answers(),
  "cases.get": () => casePage({ ...CASE, ...own }),
});

test("the voucher of a case is taken, and its page is what comes next", async () => {
  const { host, user } = showApp(page, shown());
  const take = await screen.findByRole("button", { name: "登记创新券" });
  await expectAccessible();
  await user.click(take);
  expect(await screen.findByRole("heading", { level: 1, name: "创新券" })).toBeDefined();
  await waitFor(() => expect(screen.getByText(LINE.id)).toBeDefined());
  expect(host.asked("vouchers.take")).toEqual([{ id: CASE.id }]);
});

test.each<[string, Partial<CaseLine>]>([
  ["that fails", { verdict: "failed" }],
  ["that waits for a check", { verdict: "pending" }],
  ["of another kind", { scenario: "branch_operation" }],
])("a case %s offers no voucher to take", async (_, own) => {
  showApp(page, shown(own));
  await screen.findByRole("button", { name: "作出决定" });
  expect(screen.queryByRole("button", { name: "登记创新券" })).toBeNull();
});

test("why a voucher was not taken is told on the page of the case", async () => {
  const { user } = showApp(page, {
    ...shown(),
    "vouchers.take": () => refused("VOUCHER-TERMS", "凭证中没有可用的“券号”，这张券没有登记。"),
  });
  await user.click(await screen.findByRole("button", { name: "登记创新券" }));
  expect(await screen.findByText("VOUCHER-TERMS")).toBeDefined();
});
