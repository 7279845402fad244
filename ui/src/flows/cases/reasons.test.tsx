import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { DRAFT } from "../../test/data/cases";
import { showApp } from "../../test/render";

test("what is only warned of may be a condition and is no reason against a dossier", async () => {
  const { user } = showApp({ page: "decide", id: "case-16" });
  const warned = DRAFT.remarks[0]?.text ?? "";
  expect(await screen.findByText(warned)).toBeDefined();
  await user.click(screen.getByRole("radio", { name: /不予认可/ }));
  expect(screen.queryByText(warned)).toBeNull();
  expect(screen.getByText(DRAFT.reasons[0]?.text ?? "")).toBeDefined();
});
