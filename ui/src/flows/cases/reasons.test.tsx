import { act, screen, waitFor, within } from "@testing-library/react";
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

test("a case that is judged again with the same verdict begins anew, and what somebody added stays", async () => {
  const [ended, missing, soon] = ["证书已过期", "缺租赁合同", "证书即将到期"].map((text) => ({
    code: "X",
    text,
  }));
  if (!ended || !missing || !soon) throw new Error("there are three");
  let draft = { ...DRAFT, reasons: [ended, missing], remarks: [soon] };
  const { user, host } = showApp({ page: "decide", id: "case-16" }, { "cases.decision_draft": () => draft });
  const reasons = () => screen.getAllByRole<HTMLTextAreaElement>("textbox", { name: /^第 \d+ 条理由$/ });
  const said = () => reasons().map(({ value }) => value);
  await user.click(await screen.findByRole("button", { name: "另加一条理由" }));
  await user.type(reasons().at(-1) as HTMLElement, "现场已核对");
  await user.type(screen.getByLabelText(/复核人/), "乙");
  draft = { ...DRAFT, judgement: 2, reasons: [missing], remarks: [ended, soon] };
  act(() => host.emit({ event: "changed", what: ["cases"] }));
  expect((await screen.findByRole("alert")).textContent).toContain("又核验过，结论没有变化");
  await user.click(screen.getByRole("radio", { name: /不予认可/ }));
  expect(said()).toEqual(["缺租赁合同", "现场已核对"]);
  host.choices.push("/out/d.zzdecision");
  await user.click(screen.getByRole("button", { name: "签署决定…" }));
  await user.type(within(await screen.findByRole("dialog")).getByLabelText(/口令/), "x{Enter}");
  await waitFor(() => expect(host.asked("cases.decide").length).toBe(1));
  expect(host.asked("cases.decide")[0]).toMatchObject({
    judgement: 2,
    reasons: [missing, { code: "OWN", text: "现场已核对" }],
    hands: { reviewer: "乙" },
  });
});

test("who has typed nothing is not told that another report came meanwhile", async () => {
  const moved = { ...DRAFT, judgement: 2, reasons: [{ code: "X", text: "新的理由" }] };
  let draft = DRAFT;
  const { host } = showApp({ page: "decide", id: "case-16" }, { "cases.decision_draft": () => draft });
  await screen.findByText(DRAFT.reasons[0]?.text ?? "");
  draft = moved;
  act(() => host.emit({ event: "changed", what: ["cases"] }));
  expect(await screen.findByText("新的理由")).toBeDefined();
  expect(screen.queryByText(/请重新审阅/)).toBeNull();
});
