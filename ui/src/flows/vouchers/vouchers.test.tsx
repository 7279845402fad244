import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { AUTHORITY } from "../../test/data/sync";
import { ACCOUNTS, answers, FUND, LINE, PAGE } from "../../test/data/vouchers";
import { refusal, refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const page = { page: "voucher", id: LINE.id } as const;

test("the list says what is left, what is provisional, and what waits for a decision", async () => {
  const { user } = showApp({ page: "vouchers" }, answers());
  const table = await screen.findByRole("region", { name: "券" });
  for (const words of ["¥76,600.00", "预核销，未到账 ¥9,000.00", "1 笔待裁定", "服务机构"])
    expect(within(table).getByText(words)).toBeDefined();
  await expectAccessible();
  await user.click(within(table).getByRole("button", { name: LINE.id }));
  expect(await screen.findByRole("heading", { level: 1, name: "创新券" })).toBeDefined();
  expect(screen.getByText("预核销 ¥9,000.00，未到账")).toBeDefined();
  await expectAccessible();
});

test("what is left is not told before the ledger was asked, neither in the list nor where it is redeemed", async () => {
  const line = { ...LINE, seen: null, free: LINE.amount, provisional: null, undecided: 0 };
  const { user } = showApp(
    { page: "vouchers" },
    answers({ ...PAGE, line, spent: null, held: null, receipts: [], conflicts: [] }, ACCOUNTS, [line]),
  );
  const table = await screen.findByRole("region", { name: "券" });
  expect(within(table).getAllByText(LINE.amount)).toHaveLength(1);
  await user.click(within(table).getByRole("button", { name: LINE.id }));
  expect(await screen.findByText("尚未向登记方查询", { selector: ".ant-alert *" })).toBeDefined();
  expect(screen.getAllByText(LINE.amount)).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "核销…" }));
  expect(within(await screen.findByRole("dialog")).getByText(/余额未知/)).toBeDefined();
});

test("a long list comes in pages, and a voucher is found by the beginning of its number", async () => {
  const second = { ...LINE, id: "HZQ-1" };
  const { host, user } = showApp(
    { page: "vouchers" },
    {
      ...answers(),
      "vouchers.list": ({ text, after }) => ({
        vouchers: text !== "" ? [second] : after === null ? [LINE] : [second],
        next: text === "" && after === null ? "1" : null,
      }),
    },
  );
  await user.click(await screen.findByRole("button", { name: "再显示一些" }));
  expect(await screen.findByRole("button", { name: "HZQ-1" })).toBeDefined();
  expect(screen.getByRole("button", { name: LINE.id })).toBeDefined();
  expect(screen.queryByRole("button", { name: "再显示一些" })).toBeNull();
  await user.type(screen.getByLabelText("券号、发券单位或企业代码的开头"), "HZQ{Enter}");
  await waitFor(() => expect(screen.queryByRole("button", { name: LINE.id })).toBeNull());
  expect(host.asked("vouchers.list").at(-1)).toMatchObject({ text: "HZQ", after: null });
});

test("an empty list says the next step, and without a hub where to join", async () => {
  showApp({ page: "vouchers" }, answers(PAGE, { settlements: [], ledgers: [], owed: [] }, []));
  expect(await screen.findByText("还没有券")).toBeDefined();
  expect(screen.getByText(/请先在“同步”页加入/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "加入外省枢纽…" })).toBeNull();
});

test("a firm sees its vouchers and neither settles nor enters", async () => {
  showApp({ page: "vouchers" }, { ...sessionOf(session({ profile: FIRM })), ...answers() });
  expect(await screen.findByRole("region", { name: "券" })).toBeDefined();
  expect(screen.queryByText("兑付")).toBeNull();
  expect(screen.queryByRole("button", { name: "登记本单位签发的券…" })).toBeNull();
});

test("a voucher is asked for by number and fund, and not before both are there", async () => {
  const { host, user } = showApp({ page: "vouchers" }, answers());
  await user.click(await screen.findByRole("button", { name: "按券号查询…" }));
  const dialog = await screen.findByRole("dialog");
  const ask = within(dialog).getByRole("button", { name: /查\s*询/ });
  await user.click(ask);
  expect(within(dialog).getByText("请填写券号")).toBeDefined();
  expect(host.asked("vouchers.ask")).toEqual([]);
  await user.type(within(dialog).getByLabelText(/券号/), ` ${LINE.id}`);
  await user.type(within(dialog).getByLabelText(/发券单位代码/), FUND);
  await user.click(ask);
  await waitFor(() => expect(host.asked("vouchers.ask")).toEqual([{ id: LINE.id, fund: FUND }]));
  expect(await screen.findByText("适用服务类别")).toBeDefined();
});

test("a redemption has an amount, a kind, a day, a place and a document; offline it says what that means", async () => {
  const { host, user } = showApp(page, answers());
  await user.click(await screen.findByRole("button", { name: "核销…" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: /^核\s?销$/ }));
  for (const words of ["请填写金额", "请选择服务类别", "请选择日期", "请选择发票或记录文件"])
    expect(within(dialog).getByText(words)).toBeDefined();
  expect(host.asked("vouchers.redeem")).toEqual([]);
  await user.type(within(dialog).getByLabelText(/抵扣金额/), "5000.50");
  await user.click(within(dialog).getByLabelText(/服务类别/));
  await user.click(await screen.findByTitle("研究开发"));
  await user.type(within(dialog).getByLabelText(/服务或发票日期/), "2026-11-16{Enter}");
  host.choices.push("/in/发票.pdf");
  await user.click(within(dialog).getByRole("button", { name: "选择文件…" }));
  await user.click(within(dialog).getByRole("checkbox", { name: /预核销/ }));
  expect(within(dialog).getByText("预核销不是到账，风险由本单位承担")).toBeDefined();
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "预核销" }));
  await waitFor(() => expect(host.asked("vouchers.redeem").length).toBe(1));
  expect(host.asked("vouchers.redeem")[0]).toMatchObject({
    id: LINE.id,
    amount: "5000.50",
    kind: "研究开发",
    day: "2026-11-16",
    document: "/in/发票.pdf",
    hold: null,
    offline: true,
  });
});

test("what is refused keeps what was typed", async () => {
  const no = () => refused("VOUCHER-BALANCE", "金额超过余额");
  const { user, host } = showApp(page, { ...answers(), "vouchers.hold": no });
  await user.click(await screen.findByRole("button", { name: "预约…" }));
  const dialog = await screen.findByRole("dialog", { name: "预约" });
  const sum = within(dialog).getByLabelText<HTMLInputElement>(/抵扣金额/);
  await user.type(sum, "90000");
  await user.type(within(dialog).getByLabelText(/预约至/), "2026-12-20{Enter}");
  await user.click(within(dialog).getByRole("button", { name: /^预\s?约$/ }));
  expect(await within(dialog).findByText("金额超过余额")).toBeDefined();
  expect(sum.value).toBe("90000");
  expect(host.asked("vouchers.hold")).toEqual([{ id: LINE.id, amount: "90000", until: "2026-12-20" }]);
});

test("a day that is over stays as it was typed and is told, and nothing is held until then", async () => {
  const { user, host } = showApp(page, answers());
  await user.click(await screen.findByRole("button", { name: "预约…" }));
  const dialog = await screen.findByRole("dialog", { name: "预约" });
  const day = within(dialog).getByLabelText<HTMLInputElement>(/预约至/);
  await user.type(within(dialog).getByLabelText(/抵扣金额/), "100");
  await user.type(day, "2020-01-02{Enter}");
  expect(await within(dialog).findByText("这一天已经过去，请改为今天或以后。")).toBeDefined();
  expect(day.value).toBe("2020-01-02");
  await user.click(within(dialog).getByRole("button", { name: /^预\s?约$/ }));
  expect(host.asked("vouchers.hold")).toEqual([]);
});

test("what the ledger was never asked for is withdrawn with a reason; the same document twice is told", async () => {
  const { host, user } = showApp(page, answers());
  expect(await screen.findAllByText(/用的是同一份单据/)).toHaveLength(1);
  await user.click(await screen.findByRole("button", { name: "撤回 ¥9,000.00" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: /撤\s*回/ }));
  expect(host.asked("vouchers.withdraw")).toEqual([]);
  await user.type(within(dialog).getByLabelText(/理由/), "金额写错");
  await user.click(within(dialog).getByRole("button", { name: /撤\s*回/ }));
  await waitFor(() =>
    expect(host.asked("vouchers.withdraw")).toEqual([{ id: LINE.id, of: "key-2", reason: "金额写错" }]),
  );
});

test("the fund sees both sides of a double redemption and decides with a reason", async () => {
  const fund = { ...PAGE, line: { ...LINE, part: "fund" as const } };
  const { host, user } = showApp(page, answers(fund));
  expect(await screen.findByRole("heading", { name: "申请核销 ¥90,000.00" })).toBeDefined();
  expect(screen.getByRole("heading", { name: "已核销" })).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "不予核销" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/理由/), "同一台仪器同一时段");
  await user.click(within(dialog).getByRole("button", { name: "不予核销" }));
  await waitFor(() => expect(host.asked("vouchers.decide").length).toBe(1));
  expect(host.asked("vouchers.decide")[0]).toEqual({
    id: LINE.id,
    conflict: PAGE.conflicts[0]?.id,
    accepted: false,
    reason: "同一台仪器同一时段",
  });
});

test("a redeemer looks at a double redemption and cannot decide it", async () => {
  showApp(page, answers());
  expect(await screen.findByRole("heading", { name: "申请核销 ¥90,000.00" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "不予核销" })).toBeNull();
});

test("what is owed is asked for, and a request that came is paid under a number or returned", async () => {
  const { host, user } = showApp({ page: "vouchers" }, answers());
  await user.click(await screen.findByRole("button", { name: "申请兑付" }));
  await waitFor(() => expect(host.asked("vouchers.settle")).toEqual([{ id: FUND }]));
  await user.click(screen.getByRole("button", { name: "已付款" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/付款编号/), "2026-0117");
  await user.click(within(dialog).getByRole("button", { name: "已付款" }));
  await waitFor(() =>
    expect(host.asked("vouchers.answer")).toEqual([
      { id: ACCOUNTS.settlements[0]?.id, paid: "2026-0117", looked: false, returned: null },
    ]),
  );
});

test("after a restore a payment says what has to be looked at, and takes the word of who has looked", async () => {
  const [asked] = ACCOUNTS.settlements;
  if (!asked) throw new Error("there is one");
  const look = refusal("SETTLE-RESTORED", "恢复之前的核销可能已经付过");
  const { host, user } = showApp(
    { page: "vouchers" },
    answers(PAGE, { ...ACCOUNTS, settlements: [{ ...asked, look }] }),
  );
  await user.click(await screen.findByRole("button", { name: "已付款" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getAllByText(/恢复之前的核销可能已经付过/)).not.toHaveLength(0);
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/付款编号/), "2026-0117");
  await user.click(within(dialog).getByRole("checkbox", { name: "已对照付款记录核对，没有付过" }));
  await user.click(within(dialog).getByRole("button", { name: "已付款" }));
  await waitFor(() => expect(host.asked("vouchers.answer")).toHaveLength(1));
  expect(host.asked("vouchers.answer")[0]).toMatchObject({ paid: "2026-0117", looked: true });
});

test("another province's hub is joined with its invitation", async () => {
  const { host, user } = showApp({ page: "vouchers" }, answers());
  await user.click(await screen.findByRole("button", { name: "加入外省枢纽…" }));
  const dialog = await screen.findByRole("dialog");
  host.choices.push("/stick/邀请函.jwt");
  await user.click(within(dialog).getByRole("button", { name: /选择邀请函/ }));
  await user.type(within(dialog).getByLabelText(/枢纽地址/), "https://hub.zj.example");
  await user.click(within(dialog).getByRole("button", { name: "加入外省枢纽" }));
  await waitFor(() =>
    expect(host.asked("vouchers.join")).toEqual([
      { invitation: "/stick/邀请函.jwt", url: "https://hub.zj.example", ca: null },
    ]),
  );
});

test("who vouches for another province's hub is shown at its ledger and replaced there", async () => {
  const other = { hub: "33-main", url: "https://hub.zj.example", key: "0d24", own: false, ca: [AUTHORITY] };
  const accounts = { ...ACCOUNTS, ledgers: [...ACCOUNTS.ledgers, other] };
  const { host, user } = showApp({ page: "vouchers" }, answers(PAGE, accounts));
  expect(await screen.findByText(AUTHORITY.name)).toBeDefined();
  host.choices.push("/stick/ca.pem");
  await user.click(screen.getByRole("button", { name: "更换枢纽 33-main 的证书签发机构" }));
  await waitFor(() =>
    expect(host.asked("vouchers.authority")).toEqual([{ hub: "33-main", path: "/stick/ca.pem" }]),
  );
  expect(screen.queryByRole("button", { name: /31-main/ })).toBeNull();
  await expectAccessible();
});

test("a statement goes out as a table or a page with its days", async () => {
  const { host, user } = showApp({ page: "vouchers" }, answers());
  await user.click(await screen.findByRole("button", { name: "对账单…" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/起始日期/), "2026-11-01{Enter}");
  host.choices.push("/out/对账单.xlsx");
  await user.click(within(dialog).getByRole("button", { name: "导出表格…" }));
  const asked = { from: "2026-11-01", until: null, language: "zh" };
  await waitFor(() =>
    expect(host.asked("vouchers.export")).toEqual([{ ...asked, path: "/out/对账单.xlsx" }]),
  );
  expect(await within(dialog).findByText("/out/对账单.xlsx")).toBeDefined();
  host.choices.push("/out/对账单.pdf");
  await user.click(within(dialog).getByRole("button", { name: "打印 PDF…" }));
  await waitFor(() =>
    expect(host.asked("vouchers.export").at(-1)).toEqual({ ...asked, path: "/out/对账单.pdf" }),
  );
});
