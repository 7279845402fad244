import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CasePage } from "../../gen/wire";
import { Refused } from "../../host/types";
import { caseLine, casePage, DRAFT, IN_ALL, answers as ledger } from "../../test/data/cases";
import { session, answers as sessionOf } from "../../test/data/session";
import { type Answers, refusal } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const CASES = { page: "cases" } as const;
const NOW = { operator: "经办甲【演示】", reviewer: null };
const title = (number: string) => screen.findByRole("heading", { level: 1, name: number });

test("the ledger lists what was taken in, the newest first", async () => {
  showApp(CASES);
  await screen.findByText(`收〔2026〕${IN_ALL}`);
  const first = screen.getAllByRole("row")[1];
  for (const word of ["91340100DEM000014D", "异地经营", "合肥市 → 松江区", "收件", "有条件通过"])
    expect(first?.textContent).toContain(word);
});

test("a search asks with everything that was chosen, and is still there after a case was looked at", async () => {
  const { user, host } = showApp(CASES);
  const field = await screen.findByLabelText<HTMLInputElement>("企业、编号");
  await user.keyboard("{Control>}f{/Control}");
  expect(document.activeElement).toBe(field);
  await user.keyboard("杭州云栈");
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "状态" }));
  await user.click(await screen.findByTitle("受理"));
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "查询" }));
  await waitFor(() =>
    expect(host.asked("cases.list").at(-1)).toMatchObject({ text: "杭州云栈", states: ["accepted"] }),
  );
  await user.click(await screen.findByText("收〔2026〕99997"));
  await user.click(await screen.findByRole("button", { name: "返回" }));
  expect((await screen.findByLabelText<HTMLInputElement>("企业、编号")).value).toBe("杭州云栈");
  await user.click(screen.getByRole("button", { name: "重置" }));
  await waitFor(() => expect(host.asked("cases.list").at(-1)).toMatchObject({ text: "", states: [] }));
});

test("more conditions come when they are asked for, and can be used without seeing them", async () => {
  const { user } = showApp(CASES);
  expect(screen.queryByLabelText("收件日期自")).toBeNull();
  await user.click(await screen.findByRole("button", { name: "更多条件", expanded: false }));
  fireEvent.mouseDown(await screen.findByLabelText("收件日期自"));
  fireEvent.click(screen.getByLabelText("收件日期自"));
  await waitFor(() => expect(document.querySelector(".ant-picker-dropdown")).not.toBeNull());
  await expectAccessible();
});

test("an empty ledger says the next step, an empty search another", async () => {
  showApp(CASES, ledger(0));
  expect(await screen.findByText("台账中还没有办件")).toBeDefined();
  expect(screen.getByText(/把企业交来的档案拖进窗口/)).toBeDefined();
});

test("taking a dossier in opens its case; a refusal stays on the page", async () => {
  const full: Answers = {
    "cases.receive": () => {
      throw new Refused(refusal("IO-FULL", "磁盘已满"));
    },
  };
  const { user, host } = showApp(CASES, full);
  host.choices.push("/in/a.zzdossier");
  await user.click(await screen.findByRole("button", { name: "收件…" }));
  expect((await screen.findByRole("alert")).textContent).toContain("磁盘已满");
});

test("a case tells where it stands, who did what, and the data of every verdict", async () => {
  showApp({ page: "case", id: "case-17" });
  await title("收〔2026〕0017");
  expect(screen.getByRole("region", { name: "办理进度" }).textContent).toContain("还剩 12 个工作日");
  expect(screen.getByText("请补充有效的管理体系认证证书")).toBeDefined();
  expect(screen.getByText("根 1 · 快照 2 · 规则包 sh-songjiang 第3版")).toBeDefined();
  expect(screen.getByText("吊销名单更新后重新核验")).toBeDefined();
  await expectAccessible();
});

test("a date that has passed is told as passed", async () => {
  const late: CasePage = { ...casePage({ ...caseLine(17), overdue: true }), working_days_left: -3 };
  showApp({ page: "case", id: "case-17" }, { "cases.get": () => late });
  expect(await screen.findByText("已超过 3 个工作日")).toBeDefined();
});

test("受理 is one step with a name and a remark", async () => {
  const { user, host } = showApp({ page: "case", id: "case-20" });
  await user.click(await screen.findByRole("button", { name: "受理" }));
  const dialog = await screen.findByRole("dialog");
  await expectAccessible();
  await user.type(within(dialog).getByLabelText("备注"), "材料齐");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(host.asked("cases.accept")).toEqual([{ id: "case-20", hands: NOW, note: "材料齐" }]);
  expect(await screen.findByRole("button", { name: "作出决定" })).toBeDefined();
});

test("F5 judges the case again", async () => {
  const { user, host } = showApp({ page: "case", id: "case-17" });
  await title("收〔2026〕0017");
  await user.keyboard("{F5}");
  await waitFor(() => expect(host.asked("cases.rejudge")).toEqual([{ id: "case-17" }]));
});

test("补正 takes what the report names, and the notice goes where the clerk says", async () => {
  const { user, host } = showApp({ page: "supplement", id: "case-16" });
  const first = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "第 1 项要补充的材料" });
  expect(first.value).toBe("有效的管理体系认证证书");
  await user.click(screen.getByRole("button", { name: "加一项" }));
  const send = screen.getByRole<HTMLButtonElement>("button", { name: "发出补正要求" });
  expect(send.disabled).toBe(true);
  expect(screen.getByText(/还不能继续：有一项没有写内容。/)).toBeDefined();
  await user.type(screen.getByRole("textbox", { name: "第 2 项要补充的材料" }), "租赁合同");
  expect(send.disabled).toBe(true);
  expect(screen.getByText("还不能继续：每一项要补充的材料都要有期限。")).toBeDefined();
  await user.type(screen.getByRole("textbox", { name: "第 2 项的期限" }), "2026-12-31{Enter}");
  await expectAccessible();
  host.choices.push(null, "/out/补正.pdf");
  await user.click(send);
  expect(host.asked("cases.request_supplement")).toEqual([]);
  await user.click(send);
  await waitFor(() => expect(host.asked("cases.request_supplement").length).toBe(1));
  expect(host.asked("cases.request_supplement")[0]).toEqual({
    id: "case-16",
    hands: NOW,
    supplements: [...DRAFT.supplements, { item_id: "other", text: "租赁合同", due: "2026-12-31" }],
    notice: "/out/补正.pdf",
  });
});

test("after 要求补正 the case says what was asked for, each with its day, and where the notice is", async () => {
  const { user, host } = showApp({ page: "case", id: "case-16" });
  await user.click(await screen.findByRole("button", { name: "其他办理" }));
  await user.click(await screen.findByRole("menuitem", { name: "要求补正" }));
  host.choices.push("/out/补正.pdf");
  await user.click(await screen.findByRole("button", { name: "发出补正要求" }));
  const note = (await screen.findByText("补正通知已写入")).closest("[role=status]") as HTMLElement;
  expect(within(note).getByText("/out/补正.pdf")).toBeDefined();
  const heading = screen.getByRole("heading", { name: "等企业补正的材料" });
  const text = heading.closest("section")?.textContent;
  for (const one of DRAFT.supplements) expect(text).toContain(one.text);
  expect(text).toMatch(/\d+年\d+月\d+日/);
  await expectAccessible();
});

test("what was typed for a decision is there again after going back, until it is dropped", async () => {
  const { user } = showApp({ page: "case", id: "case-16" });
  await user.click(await screen.findByRole("button", { name: "作出决定" }));
  await user.type(await screen.findByLabelText(/复核人/), "乙");
  await user.click(screen.getByRole("button", { name: "删去第 2 条" }));
  await user.type(screen.getByRole("textbox", { name: "第 1 条理由" }), "，另行说明");
  await user.click(screen.getByRole("button", { name: "返回" }));
  await user.click(await screen.findByRole("button", { name: "作出决定" }));
  const reason = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "第 1 条理由" });
  expect(reason.value).toBe(`${DRAFT.reasons[0]?.text}，另行说明`);
  expect(screen.getByLabelText<HTMLInputElement>(/复核人/).value).toBe("乙");
  await user.click(screen.getByRole("button", { name: "放弃修改" }));
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "第 1 条理由" }).value).toBe(
    DRAFT.reasons[0]?.text,
  );
  expect(screen.getByLabelText<HTMLInputElement>(/复核人/).value).toBe("");
  expect(screen.queryByText(/上次离开时没有保存/)).toBeNull();
});

test("what was typed for 补正 is there again after going back, and is gone once it was sent", async () => {
  const { user, host } = showApp({ page: "case", id: "case-16" });
  const open = async () => {
    await user.click(await screen.findByRole("button", { name: "其他办理" }));
    await user.click(await screen.findByRole("menuitem", { name: "要求补正" }));
    return screen.findByRole<HTMLTextAreaElement>("textbox", { name: "第 1 项要补充的材料" });
  };
  await user.type(await open(), "原件");
  await user.click(screen.getByRole("button", { name: "返回" }));
  expect((await open()).value).toBe(`${DRAFT.supplements[0]?.text}原件`);
  expect(screen.getByText(/上次离开时没有保存/)).toBeDefined();
  host.choices.push("/out/补正.pdf");
  await user.click(screen.getByRole("button", { name: "发出补正要求" }));
  await screen.findByText("补正通知已写入");
  expect((await open()).value).toBe(DRAFT.supplements[0]?.text);
});

test("a decision says what is missing, shows what is signed, and is signed with the passphrase", async () => {
  const { user, host } = showApp({ page: "decide", id: "case-16" });
  const sign = await screen.findByRole<HTMLButtonElement>("button", { name: "签署决定…" });
  expect(sign.disabled).toBe(true);
  expect(screen.getByText("需要经办人与复核人，且不能是同一人。")).toBeDefined();
  expect(screen.getByRole<HTMLInputElement>("radio", { name: /有条件认可/ }).checked).toBe(true);
  expect(screen.getByText("按核验结论建议")).toBeDefined();
  await expectAccessible();
  await user.type(screen.getByLabelText(/复核人/), "复核乙【演示】");
  host.choices.push("/out/决定.zzdecision");
  await user.click(sign);
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("不能撤回");
  for (const text of [...DRAFT.reasons, ...DRAFT.supplements].map(({ text: line }) => line))
    expect(within(dialog).getByText(text)).toBeDefined();
  for (const { code, text } of DRAFT.reasons)
    expect(within(dialog).getByText(text).closest("li")?.textContent).toContain(code);
  expect(within(dialog).getByText("/out/决定.zzdecision")).toBeDefined();
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/口令/), "correct horse");
  await user.click(within(dialog).getByRole("button", { name: "签署" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(host.asked("cases.decide")[0]).toEqual({
    id: "case-16",
    judgement: 1,
    outcome: "accepted_with_conditions",
    reasons: [...DRAFT.reasons, ...DRAFT.remarks],
    supplements: DRAFT.supplements,
    hands: { operator: "经办甲【演示】", reviewer: "复核乙【演示】" },
    passphrase: "correct horse",
    path: "/out/决定.zzdecision",
  });
});

test("what was noted in the report is no reason to accept", async () => {
  const { user, host } = showApp({ page: "decide", id: "case-16" });
  expect(await screen.findByText(DRAFT.reasons[0]?.text ?? "")).toBeDefined();
  await user.click(screen.getByRole("radio", { name: /^认可/ }));
  expect(screen.queryByText(DRAFT.reasons[0]?.text ?? "")).toBeNull();
  await user.type(screen.getByLabelText(/复核人/), "复核乙【演示】");
  host.choices.push("/out/决定.zzdecision");
  await user.click(screen.getByRole("button", { name: "签署决定…" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).queryByText("理由")).toBeNull();
  await user.type(within(dialog).getByLabelText(/口令/), "correct horse");
  await user.click(within(dialog).getByRole("button", { name: "签署" }));
  await waitFor(() => expect(host.asked("cases.decide").length).toBe(1));
  expect(host.asked("cases.decide")[0]).toMatchObject({ outcome: "accepted", reasons: [], supplements: [] });
});

test("the drafted reasons are there again for an outcome that needs them", async () => {
  const { user } = showApp({ page: "decide", id: "case-16" });
  await user.click(await screen.findByRole("radio", { name: /^认可/ }));
  await user.click(screen.getByRole("radio", { name: /需补充材料/ }));
  expect(screen.getByText(DRAFT.reasons[0]?.text ?? "")).toBeDefined();
});

test("a reason that somebody wrote goes along when the outcome changes, and so does one that was changed", async () => {
  const { user } = showApp({ page: "decide", id: "case-16" });
  const reasons = () => screen.getAllByRole<HTMLTextAreaElement>("textbox", { name: /^第 \d+ 条理由$/ });
  const said = () => reasons().map(({ value }) => value);
  const drafted = [...DRAFT.reasons, ...DRAFT.remarks].map(({ text }) => text);
  await user.click(await screen.findByRole("button", { name: "另加一条理由" }));
  await user.type(reasons().at(-1) as HTMLElement, "现场已核对");
  await user.type(reasons()[0] as HTMLElement, "（见附件）");
  const changed = `${drafted[0]}（见附件）`;
  await user.click(screen.getByRole("radio", { name: /^认可/ }));
  expect(said()).toEqual(["现场已核对"]);
  await user.click(screen.getByRole("radio", { name: /不予认可/ }));
  expect(said()).toEqual([changed, "现场已核对"]);
  await user.click(screen.getByRole("radio", { name: /有条件认可/ }));
  expect(said().toSorted()).toEqual([changed, ...drafted.slice(1), "现场已核对"].toSorted());
});

test("nothing is recognised with conditions before a condition and its day are written, and nothing typed is lost", async () => {
  const { user, host } = showApp(
    { page: "decide", id: "case-16" },
    { "cases.decision_draft": () => ({ ...DRAFT, supplements: [] }) },
  );
  const none = /还没有写条件/;
  const field = (await screen.findByText(none)).closest("section") as HTMLElement;
  expect(within(field).getByRole("button", { name: "加一项" })).toBeDefined();
  await user.type(screen.getByLabelText(/复核人/), "乙");
  const sign = screen.getByRole<HTMLButtonElement>("button", { name: "签署决定…" });
  expect(screen.getByText("“有条件认可”要写明条件和期限。")).toBeDefined();
  expect(sign.disabled).toBe(true);
  await user.click(within(field).getByRole("button", { name: "加一项" }));
  await user.type(screen.getByRole("textbox", { name: "第 1 项要补充的材料" }), "届时重新评价");
  expect(screen.queryByText(none)).toBeNull();
  expect(screen.getByText("每一项要补充的材料都要有期限。")).toBeDefined();
  const due = screen.getByLabelText("第 1 项的期限");
  expect(due.getAttribute("aria-invalid")).toBe("true");
  expect(sign.disabled).toBe(true);
  await expectAccessible();
  await user.click(screen.getByRole("radio", { name: /不予认可/ }));
  expect(sign.disabled).toBe(false);
  await user.click(screen.getByRole("radio", { name: /有条件认可/ }));
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "第 1 项要补充的材料" }).value).toBe(
    "届时重新评价",
  );
  await user.type(screen.getByLabelText("第 1 项的期限"), "2026-12-31{Enter}");
  await waitFor(() => expect(sign.disabled).toBe(false));
  host.choices.push("/out/d.zzdecision");
  await user.click(sign);
  await user.type(within(await screen.findByRole("dialog")).getByLabelText(/口令/), "x{Enter}");
  await waitFor(() =>
    expect(host.asked("cases.decide")[0]?.supplements).toEqual([
      { item_id: "other", text: "届时重新评价", due: "2026-12-31" },
    ]),
  );
});

test("who decides with a key that no register has is told so before anything is typed, with the way to register it", async () => {
  const remark = { zh: "信任数据中没有本机的签名密钥", en: "the key is not registered" };
  const { user, host } = showApp(
    { page: "decide", id: "case-16" },
    { "cases.decision_draft": () => ({ ...DRAFT, unregistered: remark }) },
  );
  const box = (await screen.findByText("信任数据中没有本机的签名密钥")).closest(
    "[role=alert]",
  ) as HTMLElement;
  await user.type(screen.getByLabelText(/复核人/), "乙");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "签署决定…" }).disabled).toBe(false);
  expect(screen.queryByText("可以签署。")).toBeNull();
  host.choices.push("/out/公钥.json");
  await user.click(within(box).getByRole("button", { name: /导出本单位公钥/ }));
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "签署决定…" }).disabled).toBe(false);
  await waitFor(() => expect(host.asked("issue.export_keys")).toEqual([{ path: "/out/公钥.json" }]));
});

test("a decision that the key may sign is told to be ready once the second person is named", async () => {
  const { user } = showApp({ page: "decide", id: "case-16" });
  const reviewer = await screen.findByLabelText(/复核人/);
  expect(reviewer.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("需要经办人与复核人，且不能是同一人。")).toBeDefined();
  expect(screen.queryByText("可以签署。")).toBeNull();
  await user.type(reviewer, "乙");
  expect(reviewer.getAttribute("aria-invalid")).toBe("false");
  expect(await screen.findByText("可以签署。")).toBeDefined();
});

test("a refusal without a reason is not signed, and the page says where", async () => {
  const { user } = showApp({ page: "decide", id: "case-16" });
  await user.click(await screen.findByRole("radio", { name: /不予认可/ }));
  await user.click(screen.getByRole("button", { name: "删去第 1 条" }));
  expect(await screen.findByText(/还没有理由/)).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "签署决定…" }).disabled).toBe(true);
});

test("once it is signed, the case says above all else where the decision is", async () => {
  const { user, host } = showApp({ page: "case", id: "case-16" });
  await user.click(await screen.findByRole("button", { name: "作出决定" }));
  await user.type(await screen.findByLabelText(/复核人/), "复核乙【演示】");
  host.choices.push("/out/决定.zzdecision");
  await user.click(screen.getByRole("button", { name: "签署决定…" }));
  await user.type(within(await screen.findByRole("dialog")).getByLabelText(/口令/), "x{Enter}");
  const note = (await screen.findByText("决定已签署")).closest("[role=status]") as HTMLElement;
  expect(within(note).getByText("/out/决定.zzdecision")).toBeDefined();
  await title("收〔2026〕0016");
  await expectAccessible();
});

test("what is not asked for is not signed along", async () => {
  const { user, host } = showApp({ page: "decide", id: "case-16" });
  await user.click(await screen.findByRole("radio", { name: /不予认可/ }));
  expect(screen.queryByRole("textbox", { name: "第 1 项要补充的材料" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "另加一条理由" }));
  expect(screen.getByText("有一条理由或材料没有写内容。")).toBeDefined();
  await user.type(screen.getByRole("textbox", { name: "第 2 条理由" }), "分公司没有登记");
  await user.type(screen.getByLabelText(/复核人/), "乙");
  host.choices.push("/out/d.zzdecision");
  await user.click(screen.getByRole("button", { name: "签署决定…" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "x{Enter}");
  await waitFor(() => expect(host.asked("cases.decide").length).toBe(1));
  expect(host.asked("cases.decide")[0]).toMatchObject({
    outcome: "rejected",
    supplements: [],
    reasons: [DRAFT.reasons[0], { code: "OWN", text: "分公司没有登记" }],
  });
});

test("a case that fails cannot be recognised, and one that was not taken up can only be refused", async () => {
  const { user } = showApp({ page: "case", id: "case-11" });
  await user.click(await screen.findByRole("button", { name: "作出决定" }));
  const choice = (name: RegExp) => screen.findByRole<HTMLInputElement>("radio", { name });
  expect((await choice(/有条件认可.*核验结论为不通过/)).disabled).toBe(true);
  expect((await choice(/不予认可/)).checked).toBe(true);
  expect((await choice(/需补充材料/)).disabled).toBe(false);
  await user.click(screen.getByRole("button", { name: "返回" }));
  expect(await title("收〔2026〕0011")).toBeDefined();
});

test("what was not taken up is refused outright, or put away with a reason", async () => {
  const { user, host } = showApp({ page: "case", id: "case-20" });
  await user.click(await screen.findByRole("button", { name: "其他办理" }));
  await screen.findByRole("menu");
  await expectAccessible();
  await user.click(screen.getByRole("menuitem", { name: "不作决定，直接归档…" }));
  const dialog = await screen.findByRole("dialog");
  const close = within(dialog).getByRole<HTMLButtonElement>("button", { name: "归档" });
  expect(close.disabled).toBe(true);
  await user.type(within(dialog).getByLabelText(/备注/), "企业撤回");
  await user.click(close);
  await waitFor(() =>
    expect(host.asked("cases.close")).toEqual([{ id: "case-20", hands: NOW, note: "企业撤回" }]),
  );
});

test("a verdict that moves while a decision is written is told, and its reasons are taken anew", async () => {
  let line = caseLine(16);
  const moving: Answers = {
    "cases.get": () => casePage(line),
    "cases.decision_draft": () =>
      line.verdict === "failed"
        ? { ...DRAFT, judgement: 2, suggested: "rejected", reasons: [{ code: "X", text: "已撤销" }] }
        : DRAFT,
  };
  const { host } = showApp({ page: "decide", id: "case-16" }, moving);
  expect(await screen.findByText(DRAFT.reasons[0]?.text ?? "")).toBeDefined();
  line = { ...line, verdict: "failed" };
  act(() => host.emit({ event: "changed", what: ["cases"] }));
  expect((await screen.findByRole("alert")).textContent).toContain("由“有条件通过”变为“不通过”");
  expect(await screen.findByText("已撤销")).toBeDefined();
  expect(screen.queryByText(DRAFT.reasons[0]?.text ?? "")).toBeNull();
});

test("a decided case shows its decision and gives its documents", async () => {
  const { user, host } = showApp({ page: "case", id: "case-18" });
  await title("收〔2026〕0018");
  expect(screen.getByText("有效的管理体系认证证书")).toBeDefined();
  host.choices.push("/out/决定通知.pdf");
  await user.click(screen.getByRole("button", { name: "决定通知" }));
  expect(await screen.findByText("/out/决定通知.pdf")).toBeDefined();
  expect(host.asked("cases.save_document")).toEqual([
    { id: "case-18", document: "decision_notice", nth: 1, path: "/out/决定通知.pdf", language: "zh" },
  ]);
  host.choices.push("/out/again.zzdecision");
  await user.click(screen.getByRole("button", { name: "决定文件（交给企业）" }));
  expect(await screen.findByText("/out/again.zzdecision")).toBeDefined();
  expect(host.asked("cases.save_document").at(-1)?.document).toBe("signed_decision");
  await expectAccessible();
});

test("an attachment of a case comes from the case", async () => {
  const { host } = showApp({ page: "case", id: "case-18" });
  await title("收〔2026〕0018");
  fireEvent.click(screen.getByRole("tab", { name: /附件/ }));
  await waitFor(() => expect(host.asked("verify.attachment").length).toBe(1));
  expect(host.asked("verify.attachment")[0]).toMatchObject({
    dossier: null,
    case_id: "case-18",
    draft_id: null,
  });
});

test("a verdict that moved is told with before and now, until somebody has seen it", async () => {
  const { user, host } = showApp({ page: "notices" });
  const notice = (await screen.findByText("合肥星河量子传感技术有限公司【演示】")).closest(
    "li",
  ) as HTMLElement;
  expect(notice.textContent).toMatch(/原来待联网复核.*现在有条件通过/);
  expect(
    within(notice).getByText(/的办件 收〔2026〕0017，核验结论由“待联网复核”变为“有条件通过”/),
  ).toBeDefined();
  await expectAccessible();
  await user.click(within(notice).getByRole("button", { name: "已阅" }));
  await waitFor(() => expect(within(notice).queryByRole("button", { name: "已阅" })).toBeNull());
  expect(host.asked("cases.notice_seen")).toEqual([{ id: "notice-1" }]);
});

test("without an open database the gate stands before every case", async () => {
  showApp(
    { page: "case", id: "case-18" },
    sessionOf(session({ database: "locked", profile: null, waiting: null })),
  );
  expect(await screen.findByLabelText(/^口令/)).toBeDefined();
  expect(document.body.textContent).not.toContain("演示");
});

test("a day that is over stays as it was typed and is refused with a sentence; what is no day stays, too", async () => {
  const { host, user } = showApp(
    { page: "decide", id: "case-16" },
    { "cases.decision_draft": () => ({ ...DRAFT, supplements: [] }) },
  );
  await user.click(
    within((await screen.findByText(/还没有写条件/)).closest("section") as HTMLElement).getByRole("button", {
      name: "加一项",
    }),
  );
  await user.type(screen.getByLabelText(/复核人/), "乙");
  await user.type(screen.getByRole("textbox", { name: "第 1 项要补充的材料" }), "届时重新评价");
  const due = screen.getByLabelText<HTMLInputElement>("第 1 项的期限");
  await user.type(due, "2020-01-31{Enter}");
  await user.tab();
  expect(await screen.findByText("这一天已经过去，请改为今天或以后。")).toBeDefined();
  expect(due.value).toBe("2020-01-31");
  expect(screen.getByText("有期限已经过去，请改为今天或以后。")).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "签署决定…" }).disabled).toBe(true);
  await user.clear(due);
  await user.type(due, "2099-01-31{Enter}");
  await user.tab();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "签署决定…" }).disabled).toBe(false);
  await user.clear(due);
  await user.type(due, "2026-02-30");
  await user.tab();
  expect(await screen.findByText(/“2026-02-30”不是日期，没有采用/)).toBeDefined();
  expect(due.value).toBe("2026-02-30");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "签署决定…" }).disabled).toBe(true);
  await expectAccessible();
  expect(host.asked("cases.decide")).toEqual([]);
});
