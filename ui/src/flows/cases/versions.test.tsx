// What a firm sends after 补正: proposed for its case, looked at again, and put beside what came before.

import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CasePage, WaitingCase } from "../../gen/wire";
import { Refused } from "../../host/types";
import { COMPARED, caseLine, casePage, DECISION, VERSIONS } from "../../test/data/cases";
import { HEFEI } from "../../test/data/verify";
import { type Answers, refusal } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const WAITING: WaitingCase = {
  id: "case-17",
  number: "收〔2026〕0017",
  received: "2026-11-16T09:12:00+08:00",
  same_key: true,
};
const OPERATOR = "经办甲【演示】";

/** A case for which a second dossier came. */
function supplied(open = false): CasePage {
  const page = casePage(caseLine(17));
  const [line] = DECISION.supplements;
  if (!line) throw new Error("something is asked for");
  return {
    ...page,
    versions: VERSIONS,
    demands: [
      { line, state: open ? "open" : "met" },
      { line: { item_id: "other", text: "情况说明", due: null }, state: "look" },
    ],
  };
}

/** What the primary buttons of the page say: there is one. */
const primary = () =>
  [...document.querySelectorAll(".ant-btn-primary")].map(({ textContent }) => textContent);

const of = (page: CasePage): Answers => ({ "cases.get": () => page });

test("a dossier for which a case waits is proposed for it, and is taken in for it with one click", async () => {
  const verified = { ...HEFEI, waiting: [WAITING] };
  const { user, host } = showApp({ page: "verify", path: HEFEI.path }, { "verify.file": () => verified });
  const button = await screen.findByRole("button", { name: "作为 收〔2026〕0017 的补正材料收件" });
  expect(host.asked("cases.receive")).toEqual([]);
  expect(primary()).toEqual(["作为 收〔2026〕0017 的补正材料收件"]);
  expect(screen.getByRole("button", { name: "另立新件收件" })).toBeDefined();
  await expectAccessible();
  await user.click(button);
  expect(host.asked("cases.receive")).toEqual([
    { path: HEFEI.path, operator: OPERATOR, continues: "case-17" },
  ]);
  await screen.findByRole("heading", { level: 1, name: "收〔2026〕0017" });
});

test("a dossier by another key is proposed as such, and to take it in for a case is not what comes next", async () => {
  const verified = { ...HEFEI, waiting: [{ ...WAITING, same_key: false }] };
  const { user, host } = showApp({ page: "verify", path: HEFEI.path }, { "verify.file": () => verified });
  const button = await screen.findByRole("button", { name: "作为 收〔2026〕0017 的补正材料收件" });
  expect(primary()).toEqual(["另立新件收件"]);
  expect(screen.getByText("签名密钥与原档案不同")).toBeDefined();
  await user.click(button);
  const dialog = await screen.findByRole("dialog", { name: "作为 收〔2026〕0017 的补正材料收件？" });
  expect(dialog.textContent).toContain("可能出自他人");
  expect(host.asked("cases.receive")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "收件" }));
  await waitFor(() => expect(host.asked("cases.receive")[0]?.continues).toBe("case-17"));
});

test("a dossier whose key cannot be compared is no likely one, and its doubt is told", async () => {
  const verified = { ...HEFEI, waiting: [{ ...WAITING, same_key: null }] };
  const { user, host } = showApp({ page: "verify", path: HEFEI.path }, { "verify.file": () => verified });
  const button = await screen.findByRole("button", { name: "作为 收〔2026〕0017 的补正材料收件" });
  expect(primary()).toEqual(["另立新件收件"]);
  expect(screen.getByText("签名密钥无法比对")).toBeDefined();
  await user.click(button);
  expect((await screen.findByRole("dialog")).textContent).toContain("可能出自他人");
  expect(host.asked("cases.receive")).toEqual([]);
});

test("a verified dossier hears of it when a case begins to wait", async () => {
  let verified = HEFEI;
  const { host } = showApp({ page: "verify", path: HEFEI.path }, { "verify.file": () => verified });
  await screen.findByRole("button", { name: "收件" });
  verified = { ...HEFEI, waiting: [WAITING] };
  act(() => host.emit({ event: "changed", what: ["cases"] }));
  expect(await screen.findByRole("button", { name: "作为 收〔2026〕0017 的补正材料收件" })).toBeDefined();
});

test("a case of its own is joined to the one that waits, and that one is shown", async () => {
  const page = casePage(caseLine(20));
  const own = { ...page, verified: { ...page.verified, waiting: [WAITING] } };
  const { user, host } = showApp(
    { page: "case", id: "case-20" },
    { "cases.get": ({ id }) => (id === "case-20" ? own : casePage(caseLine(17))) },
  );
  await user.click(await screen.findByRole("button", { name: "这是 收〔2026〕0017 的补正材料，并入" }));
  const dialog = await screen.findByRole("dialog", { name: "并入 收〔2026〕0017？" });
  expect(dialog.textContent).toContain("并入后不能拆开");
  expect(host.asked("cases.join")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "并入" }));
  await waitFor(() => expect(host.asked("cases.join").length).toBe(1));
  expect(host.asked("cases.join")).toEqual([
    { id: "case-17", newer: "case-20", hands: { operator: OPERATOR, reviewer: null } },
  ]);
  await screen.findByRole("heading", { level: 1, name: "收〔2026〕0017" });
});

test("what cannot be joined stays where it is and says why", async () => {
  const page = casePage(caseLine(20));
  const own = { ...page, verified: { ...page.verified, waiting: [WAITING] } };
  const { user } = showApp(
    { page: "case", id: "case-20" },
    {
      "cases.get": () => own,
      "cases.join": () => {
        throw new Refused(refusal("CASE-NOT-WAITING", "办件 收〔2026〕0017 现在是“受理”"));
      },
    },
  );
  await user.click(await screen.findByRole("button", { name: /，并入$/ }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "并入" }));
  expect((await screen.findAllByText(/现在是“受理”/)).length).toBeGreaterThan(0);
  expect(screen.getByRole("heading", { level: 1, name: "收〔2026〕0020" })).toBeDefined();
});

test("a case with two versions lists them, and looks at what was asked for again", async () => {
  showApp({ page: "case", id: "case-17" }, of(supplied()));
  const asked = await screen.findByText("已补齐 1 项，仍未补齐 0 项，需人工查看 1 项。");
  expect(asked.closest("section")?.textContent).toContain("以下按第 2 版档案逐项核对。");
  const versions = screen.getByRole("heading", { name: "历次档案" }).closest("section");
  expect(versions?.textContent).toMatch(/第 2 版.*现按此版核验.*第 1 版/);
  await expectAccessible();
});

async function resuming(page: CasePage) {
  const shown = showApp({ page: "case", id: "case-17" }, of(page));
  const came = page.demands.length > 0;
  if (!came) await shown.user.click(await screen.findByRole("button", { name: "其他办理" }));
  const name = "已补正，恢复受理";
  await shown.user.click(await screen.findByRole(came ? "button" : "menuitem", { name }));
  const dialog = await screen.findByRole("dialog", { name: "恢复受理 收〔2026〕0017" });
  const confirm = within(dialog).getByRole<HTMLButtonElement>("button", { name: "恢复受理" });
  return { ...shown, dialog, confirm };
}

test("恢复受理 says what the firm supplied and which demands are met", async () => {
  const { user, host, dialog, confirm } = await resuming(supplied());
  expect(dialog.textContent).toContain("企业已于 2026-11-20 交来第 2 版档案。");
  expect(dialog.textContent).toContain("已补齐");
  expect(dialog.textContent).toContain("请人工查看");
  await expectAccessible();
  await user.click(confirm);
  await waitFor(() =>
    expect(host.asked("cases.accept")).toEqual([
      { id: "case-17", hands: { operator: OPERATOR, reviewer: null }, note: null },
    ]),
  );
});

test.each([
  ["something is still open", supplied(true), "仍有事项未补齐"],
  ["nothing came", casePage(caseLine(17)), "系统中没有收到新的档案"],
])("where %s, 恢复受理 asks why", async (_, page, words) => {
  const { user, host, dialog, confirm } = await resuming(page);
  expect(dialog.textContent).toContain(words);
  expect(confirm.disabled).toBe(true);
  await user.type(within(dialog).getByLabelText(/备注/), "线下交来原件");
  await user.click(confirm);
  await waitFor(() => expect(host.asked("cases.accept")[0]?.note).toBe("线下交来原件"));
});

test("where a case waits, to take in what the firm brings comes next", async () => {
  const { user, host } = showApp({ page: "case", id: "case-17" }, of(casePage(caseLine(17))));
  const bring = await screen.findByRole("button", { name: "收补正材料…" });
  expect(primary()).toEqual(["收补正材料…"]);
  expect(screen.getByRole("button", { name: "作出决定" })).toBeDefined();
  host.choices.push(HEFEI.path);
  await user.click(bring);
  await waitFor(() => expect(host.asked("verify.file")[0]?.path).toBe(HEFEI.path));
});

test("where something came, to resume the case comes next", async () => {
  showApp({ page: "case", id: "case-17" }, of(supplied()));
  await screen.findByRole("button", { name: "已补正，恢复受理" });
  expect(primary()).toEqual(["已补正，恢复受理"]);
});

test("where a decision asked for more, the next dossier comes next, and once it came to put the case away", async () => {
  const line = { ...caseLine(18), outcome: "supplement_required" as const };
  let page = casePage({ ...line, due: "2026-12-10" });
  const { host } = showApp({ page: "case", id: "case-18" }, { "cases.get": () => page });
  await screen.findByRole("button", { name: "收后续档案…" });
  expect(primary()).toEqual(["收后续档案…"]);
  page = casePage({ ...line, due: null });
  act(() => host.emit({ event: "changed", what: ["cases"] }));
  await waitFor(() => expect(primary()).toEqual(["归档"]));
});

test("two versions stand beside each other: what differs, and how much does not", async () => {
  const { user, host } = showApp({ page: "case", id: "case-17" }, of(supplied()));
  await user.click(await screen.findByRole("button", { name: "对照两版" }));
  const items = await screen.findByRole("table", { name: "清单事项" });
  expect(host.asked("cases.compare")).toEqual([{ id: "case-17", older: 1, newer: 2 }]);
  const heads = within(items).getAllByRole("columnheader");
  expect(heads.map(({ textContent }) => textContent?.slice(0, 5))).toEqual(["内容", "第 1 版", "第 2 版"]);
  const row = within(items).getByRole("row", { name: /管理体系认证/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["缺", "已备"]);
  expect(items.closest("section")?.textContent).toContain("另有 9 项相同");
  const papers = screen.getByRole("table", { name: "资质凭证" });
  for (const word of [
    "已换新件",
    "编号 QMS-2023-0001",
    "编号 QMS-2026-0002",
    "传感器的设计和生产",
    "未再提交",
  ])
    expect(papers.textContent).toContain(word);
  expect(screen.getByRole("table", { name: "企业填报" }).textContent).toContain("6040");
  await expectAccessible();
});

test("an attachment is looked at in both versions; Esc leads back to its row", async () => {
  const { user, host } = showApp({ page: "versions", id: "case-17" }, of(supplied()));
  const button = await screen.findByRole("button", { name: "对照查看 租赁合同.png" });
  await user.click(button);
  const panes = screen.getByRole("complementary", { name: "两版附件对照" });
  await waitFor(() => expect(within(panes).getAllByRole("img").length).toBe(2));
  const path = "attachments/租赁合同.png";
  expect(host.asked("verify.attachment")).toEqual([
    { dossier: null, case_id: "case-17", draft_id: null, version: 1, path },
    { dossier: null, case_id: "case-17", draft_id: null, version: 2, path },
  ]);
  await expectAccessible();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("complementary", { name: "两版附件对照" })).toBeNull();
  expect(document.activeElement).toBe(button);
  await user.click(screen.getByRole("button", { name: "对照查看 情况说明.ofd" }));
  expect(screen.getByText("这一版没有这份附件")).toBeDefined();
});

test("of three versions any two are chosen, the older always left", async () => {
  const third = { ...(VERSIONS[1] as (typeof VERSIONS)[number]), version: 3 };
  const page = { ...supplied(), versions: [...VERSIONS, third] };
  const { user, host } = showApp(
    { page: "versions", id: "case-17" },
    { ...of(page), "cases.compare": () => ({ ...COMPARED, items: [], same_items: 10 }) },
  );
  await screen.findByText("没有不同");
  expect(host.asked("cases.compare")).toEqual([{ id: "case-17", older: 2, newer: 3 }]);
  await user.click(screen.getByRole("combobox", { name: "较早的一版" }));
  expect(await screen.findByTitle("第 1 版")).toBeDefined();
  expect(screen.getAllByTitle("第 3 版").length).toBe(1);
  await user.click(await screen.findByTitle("第 1 版"));
  await waitFor(() =>
    expect(host.asked("cases.compare").at(-1)).toEqual({ id: "case-17", older: 1, newer: 3 }),
  );
});
