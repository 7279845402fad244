import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { SyncStatus } from "../../gen/wire";
import { SIGNED } from "../../test/data/firm";
import { answers as issuing } from "../../test/data/issue";
import { FIRM, INCUBATOR, session, answers as sessionOf } from "../../test/data/session";
import { AUTHORITY, answers, JOINED, NO_HUB } from "../../test/data/sync";
import { refusal, refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const page = { page: "sync" } as const;
/** A case of the fake ledger that is decided. */
const DECIDED = "case-18";
const firm = sessionOf(session({ profile: FIRM }));
const at = (own: Partial<SyncStatus>) => ({ ...firm, ...answers({ ...JOINED, ...own }) });

test.each<[string, Partial<SyncStatus>]>([
  ["已同步 11-23 09:58", {}],
  ["还没有同步过", { synced: null }],
  ["离线，3 件待发", { state: "offline", waiting: 3 }],
  ["离线", { state: "offline" }],
  ["有 2 件需要处理", { state: "offline", outbox_parked: 1, inbox_parked: 1 }],
  ["同步中", { state: "syncing" }],
  ["同步中，3 件待发", { state: "syncing", waiting: 3 }],
  ["有 2 件需要处理", { state: "syncing", waiting: 3, outbox_parked: 2 }],
  ["输入口令后同步", { state: "passphrase" }],
  ["同步没有完成", { state: "refused" }],
  ["未加入枢纽", NO_HUB],
])("the badge says %s on every page and leads to the page", async (words, own) => {
  const { user } = showApp({ page: "verify", path: null }, at(own));
  const badge = await within(await screen.findByRole("banner")).findByRole("button", { name: words });
  await user.click(badge);
  expect(await screen.findByRole("heading", { level: 1, name: "同步" })).toBeDefined();
});

test("no badge and no hub in a drill, and nothing is asked of it", async () => {
  const { host } = showApp(page, {
    ...sessionOf(session({ profile: FIRM, drill: true })),
    ...answers(JOINED),
  });
  expect(await screen.findByText("演练中不同步")).toBeDefined();
  expect(host.calls.filter(({ word }) => word.startsWith("sync."))).toEqual([]);
});

test("a locked window asks nothing about the hub and shows no badge", async () => {
  const shut = session({ database: "locked", profile: null, waiting: null });
  const { host } = showApp({ page: "verify", path: null }, { ...sessionOf(shut), ...answers(JOINED) });
  await screen.findByRole("button", { name: "选择档案…" });
  expect(host.asked("sync.status")).toEqual([]);
});

test("a hub is joined with an invitation, its address and the passphrase, and not before all are there", async () => {
  const { host, user } = showApp(page, { ...firm, ...answers() });
  const form = await screen.findByRole("form", { name: "加入枢纽" });
  await expectAccessible();
  const join = within(form).getByRole("button", { name: "加入枢纽" });
  await user.click(join);
  expect(within(form).getByText("请选择邀请函文件")).toBeDefined();
  expect(host.asked("sync.join")).toEqual([]);
  host.choices.push("/stick/邀请函.jwt");
  await user.click(within(form).getByRole("button", { name: /选择邀请函/ }));
  await user.type(within(form).getByRole("textbox", { name: /枢纽地址/ }), "https://hub.example");
  await user.type(within(form).getByRole("textbox", { name: /设备名称/ }), "前台电脑");
  await user.type(within(form).getByLabelText(/口令/), "演练口令");
  await expectAccessible();
  await user.click(join);
  expect(await screen.findByText("31-main")).toBeDefined();
  expect(host.asked("sync.join")).toEqual([
    {
      invitation: "/stick/邀请函.jwt",
      url: "https://hub.example",
      ca: null,
      device: "前台电脑",
      passphrase: "演练口令",
    },
  ]);
});

test("a hub behind a private CA is joined with its file, which can be let go again", async () => {
  const { host, user } = showApp(page, { ...firm, ...answers() });
  const form = await screen.findByRole("form", { name: "加入枢纽" });
  expect(within(form).getByText(/只有枢纽的证书由本省或本机构自建的 CA 签发时才需要/)).toBeDefined();
  host.choices.push("/i.jwt", "/stick/wrong.pem", "/stick/ca.pem");
  await user.click(within(form).getByRole("button", { name: /选择邀请函/ }));
  const choose = within(form).getByRole("button", { name: "选择证书文件…" });
  await user.click(choose);
  expect(await within(form).findByText("/stick/wrong.pem")).toBeDefined();
  await user.click(within(form).getByRole("button", { name: "不使用" }));
  expect(within(form).queryByText("/stick/wrong.pem")).toBeNull();
  await user.click(choose);
  await expectAccessible();
  await user.type(within(form).getByRole("textbox", { name: /枢纽地址/ }), "https://hub.example");
  await user.type(within(form).getByLabelText(/口令/), "演练口令{Enter}");
  await waitFor(() => expect(host.asked("sync.join")).toMatchObject([{ ca: "/stick/ca.pem" }]));
});

test("the page shows who vouches for the hub, and lets it be replaced and removed", async () => {
  const { host, user } = showApp(page, at({}));
  expect(await screen.findByText("公共机构")).toBeDefined();
  host.choices.push("/stick/ca.pem");
  await user.click(screen.getByRole("button", { name: "选择证书文件，用于枢纽 31-main" }));
  expect(await screen.findByText(AUTHORITY.name)).toBeDefined();
  expect(screen.getByText(AUTHORITY.fingerprint)).toBeDefined();
  expect(screen.getByText(/有效至/)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "枢纽 31-main 改用公共机构" }));
  expect(await screen.findByText("公共机构")).toBeDefined();
  expect(host.asked("sync.authority")).toEqual([
    { hub: "31-main", path: "/stick/ca.pem" },
    { hub: "31-main", path: null },
  ]);
});

test("an authority that does not vouch for the hub is refused, and the one that stands is shown", async () => {
  const hub = { ...(JOINED.hub as NonNullable<SyncStatus["hub"]>), ca: [AUTHORITY] };
  const no = () => refused("HUB-AUTHORITY", "枢纽出示的证书不是这些机构签发的，没有更换。");
  const { host, user } = showApp(page, { ...at({ hub }), "sync.authority": no });
  host.choices.push("/stick/other.pem");
  await user.click(await screen.findByRole("button", { name: "更换枢纽 31-main 的证书签发机构" }));
  expect(await screen.findByText("HUB-AUTHORITY")).toBeDefined();
  expect(screen.getByText(AUTHORITY.name)).toBeDefined();
});

test("joining that is refused says why, and forgets the passphrase", async () => {
  const no = () => refused("INVITE-USED", "这份邀请函已经用过");
  const { host, user } = showApp(page, { ...firm, ...answers(), "sync.join": no });
  const form = await screen.findByRole("form", { name: "加入枢纽" });
  host.choices.push("/i.jwt");
  await user.click(within(form).getByRole("button", { name: /选择邀请函/ }));
  await user.type(within(form).getByRole("textbox", { name: /枢纽地址/ }), "https://hub.example");
  await user.type(within(form).getByLabelText(/口令/), "演练口令{Enter}");
  expect(await screen.findByText("INVITE-USED")).toBeDefined();
  expect((within(form).getByLabelText(/口令/) as HTMLInputElement).value).toBe("");
});

test("the outbox tells state, reason and next attempt of each message, and what can be done", async () => {
  const { host, user } = showApp(page, at({ outbox_parked: 1 }));
  const outbox = await screen.findByRole("region", { name: "发件箱" });
  for (const words of ["不能发送", "待发", "已送达枢纽", "已放弃", "ORG-UNKNOWN", "下次尝试"])
    expect(within(outbox).getAllByText(new RegExp(words)).length, words).toBeGreaterThan(0);
  await expectAccessible();
  const about = `给${INCUBATOR.name}的档案`;
  await user.click(within(outbox).getAllByRole("button", { name: `重试：${about}` })[0] as HTMLElement);
  await waitFor(() =>
    expect(host.asked("sync.retry")).toEqual([{ id: "019a0000-0000-7000-8000-000000000003" }]),
  );
  await waitFor(() => expect(within(outbox).queryByText("ORG-UNKNOWN")).toBeNull());
});

test("what another hub refused says why, and is sent again once or given up", async () => {
  const { host, user } = showApp(page, at({ outbox_parked: 1 }));
  const outbox = await screen.findByRole("region", { name: "发件箱" });
  for (const words of ["没有转交到", "对方没有收到", "AUTH-FORBIDDEN", "已再次发送"])
    expect(within(outbox).getAllByText(new RegExp(words)).length, words).toBeGreaterThan(0);
  const about = `给${INCUBATOR.name}的决定`;
  expect(within(outbox).queryByRole("button", { name: `重试：${about}` })).toBeNull();
  expect(within(outbox).getAllByRole("button", { name: `放弃：${about}` })).toHaveLength(1);
  await user.click(within(outbox).getByRole("button", { name: `再次发送：${INCUBATOR.name} · 决定` }));
  await waitFor(() =>
    expect(host.asked("sync.retry")).toEqual([{ id: "019a0000-0000-7000-8000-000000000004" }]),
  );
});

test("a message is given up only with a reason, by its name, and stays in the list", async () => {
  const { host, user } = showApp(page, at({}));
  const about = `给${INCUBATOR.name}的档案`;
  await user.click((await screen.findAllByRole("button", { name: `放弃：${about}` }))[1] as HTMLElement);
  const dialog = await screen.findByRole("dialog", { name: `放弃${about}` });
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "放弃这条消息" }));
  expect(within(dialog).getByText("请写明为什么放弃")).toBeDefined();
  expect(host.asked("sync.discard")).toEqual([]);
  await user.type(within(dialog).getByRole("textbox", { name: /理由/ }), "改为邮寄");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByText("改为邮寄")).toBeDefined();
  expect(host.asked("sync.discard")).toEqual([
    { id: "019a0000-0000-7000-8000-000000000002", reason: "改为邮寄" },
  ]);
});

test("what came and was not taken in says why and is tried again", async () => {
  const { host, user } = showApp(page, at({ inbox_parked: 1 }));
  expect(await screen.findByText("HOLDER-KEY")).toBeDefined();
  await user.click(screen.getByRole("button", { name: `再次处理：${FIRM.name}的凭证` }));
  await waitFor(() => expect(host.asked("sync.inbox_retry")).toHaveLength(1));
  expect(await screen.findByText(/收到的档案在台账/)).toBeDefined();
});

test("F5 begins a round; where the keychain opened the database the passphrase is asked for once", async () => {
  const { host, user } = showApp(page, at({}));
  await screen.findByText("31-main");
  await user.keyboard("{F5}");
  await waitFor(() => expect(host.asked("sync.now")).toEqual([{ passphrase: null }]));
});

test("without the device's key the round asks for the passphrase", async () => {
  const { host, user } = showApp(page, at({ state: "passphrase" }));
  await user.click(await screen.findByRole("button", { name: "现在同步" }));
  const dialog = await screen.findByRole("dialog");
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/口令/), "演练口令{Enter}");
  await waitFor(() => expect(host.asked("sync.now")).toEqual([{ passphrase: "演练口令" }]));
});

test("a hub that is away is told as a state, and what it refused as a refusal", async () => {
  const away = { refused: refusal("HUB-UNREACHABLE", "枢纽没有应答"), state: "offline" } as const;
  showApp(page, at(away));
  expect(await screen.findByText("现在连不上枢纽")).toBeDefined();
  expect(screen.queryByText("HUB-UNREACHABLE")).toBeNull();
  await expectAccessible();
});

test("what the last round left to know is told with its code", async () => {
  const remarks = [refusal("DEVICES-CONTRADICT", "枢纽给出的设备清单前后矛盾")];
  showApp(page, at({ state: "refused", refused: refusal("AUTH-KEY", "枢纽不认识本机"), remarks }));
  expect(await screen.findByText("AUTH-KEY")).toBeDefined();
  expect(screen.getByText("DEVICES-CONTRADICT")).toBeDefined();
});

test("a stick is written and read, and what was left out or parked is told", async () => {
  const { host, user } = showApp(page, at({}));
  host.choices.push("/media/U盘", "/media/U盘");
  await user.click(await screen.findByRole("button", { name: "写到 U 盘…" }));
  expect(await screen.findByText("写出 2 条消息、31 个信任数据文件")).toBeDefined();
  expect(screen.getByText(/1 条没有写出/)).toBeDefined();
  await user.click(screen.getByRole("button", { name: "从 U 盘收取…" }));
  expect(await screen.findByText("收到 2 条新消息，收下 1 条")).toBeDefined();
  expect(screen.getByText("x.zzmsg")).toBeDefined();
  expect(host.asked("sync.import")).toEqual([{ path: "/media/U盘" }]);
  await expectAccessible();
});

test("trust data of a stick that is refused is told with its code beside the messages that came", async () => {
  const read = { received: 1, taken: 1, parked: 0, refused: [], trust: false, trust_older: false };
  const trust_refused = refusal("TRUST-ROLLBACK", "这份信任数据比已有的旧");
  const { host, user } = showApp(page, { ...at({}), "sync.import": () => ({ ...read, trust_refused }) });
  host.choices.push("/media/U盘");
  await user.click(await screen.findByRole("button", { name: "从 U 盘收取…" }));
  expect(await screen.findByText("TRUST-ROLLBACK")).toBeDefined();
  expect(screen.getByText("收到 1 条新消息，收下 1 条")).toBeDefined();
  expect(screen.queryByText("信任数据已更新。")).toBeNull();
  await expectAccessible();
});

test("trust data of a stick that is merely older is told in a sentence and is no refusal", async () => {
  const read = { received: 1, taken: 1, parked: 0, refused: [], trust: false, trust_older: true };
  const { host, user } = showApp(page, {
    ...at({}),
    "sync.import": () => ({ ...read, trust_refused: null }),
  });
  host.choices.push("/media/U盘");
  await user.click(await screen.findByRole("button", { name: "从 U 盘收取…" }));
  expect(await screen.findByText("U 盘上的信任数据较旧，已保留本机的。")).toBeDefined();
  expect(screen.queryByText("TRUST-ROLLBACK")).toBeNull();
  await expectAccessible();
});

test("without a hub a stick is still read", async () => {
  showApp(page, { ...firm, ...answers() });
  expect(await screen.findByRole("button", { name: "从 U 盘收取…" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "写到 U 盘…" })).toBeNull();
});

test("an incubator invites a firm: whom, where to, passphrase; a firm is not offered to", async () => {
  const hub = { ...(JOINED.hub as NonNullable<SyncStatus["hub"]>), invites: true };
  const { host, user } = showApp(page, answers({ ...JOINED, hub }));
  await user.click(await screen.findByRole("button", { name: "邀请企业" }));
  const form = await screen.findByRole("dialog", { name: "邀请企业" });
  await expectAccessible();
  await user.type(within(form).getByRole("textbox", { name: /统一社会信用代码/ }), FIRM.uscc);
  await user.type(within(form).getByRole("textbox", { name: /企业名称/ }), FIRM.name);
  host.choices.push("/stick/邀请函.jwt");
  await user.click(within(form).getByRole("button", { name: "签名并保存" }));
  const confirm = await screen.findByLabelText(/^口令|口令$/);
  await user.type(confirm, "演练口令{Enter}");
  await waitFor(() =>
    expect(host.asked("sync.invite")).toEqual([
      { uscc: FIRM.uscc, name: FIRM.name, days: 7, passphrase: "演练口令", path: "/stick/邀请函.jwt" },
    ]),
  );
});

test("a signed dossier is sent through the hub from its page, and the timeline tells how far it is", async () => {
  const timeline = [
    ...SIGNED.timeline,
    { at: "2026-11-23T09:30:00+08:00", kind: "queued", actor: "", note: null, told: null } as const,
    { at: "2026-11-23T09:31:00+08:00", kind: "delivered", actor: "", note: null, told: null } as const,
    { at: "2026-11-23T09:31:00+08:00", kind: "refused", actor: "", note: "ORG-UNKNOWN", told: null } as const,
  ];
  let sent = false;
  const { host, user } = showApp(
    { page: "draft", id: SIGNED.line.id },
    {
      ...at({}),
      "draft.get": () => (sent ? { ...SIGNED, timeline } : SIGNED),
      "sync.send": () => {
        sent = true;
        return { queued: 1, before: 0, state: "synced" };
      },
    },
  );
  await user.click(await screen.findByRole("button", { name: "通过枢纽发送" }));
  expect(await screen.findByText(/已送达枢纽/)).toBeDefined();
  expect(screen.getByText(/没有转交到收件单位/)).toBeDefined();
  expect(screen.getByText("ORG-UNKNOWN")).toBeDefined();
  expect(screen.getByRole("button", { name: "再次通过枢纽发送" })).toBeDefined();
  expect(host.asked("sync.send")).toEqual([{ document: "dossier", ids: [SIGNED.line.id], again: false }]);
  await expectAccessible();
});

test("what was issued goes to its firms through the hub, one by one or all of a batch", async () => {
  const issued = { ...answers(JOINED), ...issuing() };
  const { host, user } = showApp({ page: "issue", firms: ["firm-1", "firm-2", "firm-3"] }, issued);
  host.choices.push("/out");
  await user.click(await screen.findByRole("button", { name: "签发 3 份" }));
  await user.type(within(await screen.findByRole("dialog")).getByLabelText(/口令/), "口令{Enter}");
  await user.click(await screen.findByRole("button", { name: "通过枢纽发送全部 2 份" }));
  expect(await screen.findByText("已放入发件箱")).toBeDefined();
  expect(host.asked("sync.send")).toEqual([
    { document: "credential", ids: ["firm-2", "firm-3"], again: false },
  ]);
  // Once more, and nothing goes out twice by itself.
  await user.click(screen.getByRole("button", { name: "通过枢纽发送全部 2 份" }));
  expect(await screen.findByText(/2 份以前已放入发件箱/)).toBeDefined();
  await user.click(screen.getByRole("button", { name: "再次通过枢纽发送" }));
  await screen.findByText("已放入发件箱");
  expect(host.asked("sync.send").at(-1)).toEqual({
    document: "credential",
    ids: ["firm-2", "firm-3"],
    again: true,
  });
});

test("a request that a firm may answer is sent from the list; one for anybody has nobody to go to", async () => {
  const line = {
    ours: true,
    scenario: "branch_operation",
    destination_region: "310117",
    checklist_id: "SJ-BRANCH",
    expires: "2026-12-23T09:00:00+08:00",
    answered: false,
    draft_id: null,
    over: false,
    queued: false,
    remark: null,
  } as const;
  const requests = [
    { ...line, id: "r-1", other: "合肥星河量子传感技术有限公司【演示】" },
    { ...line, id: "r-2", other: null },
    { ...line, id: "r-3", other: "苏州某某公司【演示】", queued: true },
  ];
  const { host, user } = showApp(
    { page: "requests" },
    { ...answers(JOINED), "request.list": () => ({ requests }) },
  );
  const first = await screen.findByRole("button", {
    name: "通过枢纽发送：合肥星河量子传感技术有限公司【演示】",
  });
  expect(screen.getByRole("button", { name: "再次通过枢纽发送：苏州某某公司【演示】" })).toBeDefined();
  await user.click(first);
  expect(await screen.findByText("已放入发件箱")).toBeDefined();
  expect(host.asked("sync.send")).toEqual([{ document: "request", ids: ["r-1"], again: false }]);
});

test("without a hub a signed dossier is handed over as before", async () => {
  showApp({ page: "draft", id: SIGNED.line.id }, { ...firm, ...answers() });
  await screen.findByRole("button", { name: "未加入枢纽" });
  expect(screen.queryByRole("button", { name: "通过枢纽发送" })).toBeNull();
});

test("a signed decision is sent through the hub from its case; an undecided case has nothing to send", async () => {
  const { host, user } = showApp({ page: "case", id: DECIDED }, answers(JOINED));
  const decision = (await screen.findByRole("heading", { level: 2, name: "决定" })).closest(
    "section",
  ) as HTMLElement;
  await user.click(await within(decision).findByRole("button", { name: "通过枢纽发送" }));
  expect(await screen.findByText("已放入发件箱")).toBeDefined();
  expect(host.asked("sync.send")).toEqual([{ document: "decision", ids: [DECIDED], again: false }]);
  await expectAccessible();
});

test("a ledger that shows everything and a firm without lists leave no mark on the page", async () => {
  showApp(page, at({}));
  await screen.findByText("31-main");
  expect(screen.queryByText("登记方少给了几笔核销")).toBeNull();
  expect(screen.queryByText("寄送吊销名单")).toBeNull();
});

test("what a ledger leaves out is told with its numbers, its time, its hub and what to do", async () => {
  const withheld = [
    {
      voucher: "CSJQ-330421-2026-000009",
      hub: "33-main",
      numbers: [2, 4],
      onwards: true,
      amount: "¥200.00",
      since: "2026-11-20T08:00:00+08:00",
    },
  ];
  showApp(page, at({ withheld }));
  const told = (await screen.findByText("登记方少给了几笔核销")).closest("[role=status]") as HTMLElement;
  for (const part of ["33-main", "CSJQ-330421-2026-000009", "¥200.00"])
    expect(within(told).getByText(part)).toBeDefined();
  expect(told.textContent).toContain("第 2、4 笔及以后的没有出示");
  expect(told.textContent).toContain("请用电话向该枢纽的运维人员查问");
  await expectAccessible();
});

test("an incubator sends its status lists to whoever rests on them", async () => {
  const hub = { ...(JOINED.hub as NonNullable<SyncStatus["hub"]>), invites: true };
  const { host, user } = showApp(page, { ...issuing(), ...answers({ ...JOINED, hub }) });
  await screen.findByText("寄送吊销名单");
  const send = screen.getByRole("button", { name: "放入发件箱" });
  await user.type(screen.getByRole("textbox", { name: /统一社会信用代码/ }), INCUBATOR.uscc);
  await user.click(send);
  await waitFor(() => expect(host.asked("sync.send_lists")).toEqual([{ to: INCUBATOR.uscc }]));
  expect(await screen.findByText("已放入发件箱")).toBeDefined();
});
