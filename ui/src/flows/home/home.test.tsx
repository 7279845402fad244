import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { SessionStatus } from "../../gen/wire";
import { DRAFTS, HELD, answers as homeOf, REQUESTS } from "../../test/data/home";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { BACKUPS, NO_BACKUPS } from "../../test/data/upkeep";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";
import { isAwaited, nextOf } from "./next";

test("of several dossiers that were sent back the newest is the next step, and the others are counted", () => {
  const [draft] = DRAFTS;
  if (!draft) throw new Error("no drafts");
  const back = { ...draft, state: "draft", outcome: "supplement_required" } as const;
  const drafts = [
    { ...back, id: "newest" },
    { ...back, id: "older" },
    { ...back, id: "oldest" },
  ];
  const next = nextOf(session({ profile: FIRM }), HELD, REQUESTS, drafts);
  expect(next).toMatchObject({ step: "supplement", draft: { id: "newest" }, more: 2 });
});

const firm = (own: Partial<SessionStatus> = {}) => session({ profile: FIRM, ...own });

test("a firm sees its next step, what ends, what was asked and what is in work", async () => {
  showApp({ page: "home" }, { ...sessionOf(firm()), ...homeOf() });
  expect(
    await screen.findByRole("heading", { level: 2, name: "答复核验请求：松江科创孵化器【演示】" }),
  ).toBeDefined();
  const due = screen.getByRole("heading", { level: 2, name: "到期与失效" }).closest("section");
  if (!due) throw new Error("no section");
  expect(within(due).getByText("科技型中小企业入库登记编号")).toBeDefined();
  expect(within(due).getByText(/已过 13 天/)).toBeDefined();
  expect(within(due).getByText(/还有 38 天/)).toBeDefined();
  expect(within(due).queryByText("营业执照")).toBeNull();
  expect(screen.getByText("合肥星河 · 松江异地经营【演示】")).toBeDefined();
  await expectAccessible();
});

test("after another was signed, a dossier is not what to do next, and its day stays", async () => {
  const [draft] = DRAFTS;
  if (!draft) throw new Error("no drafts");
  const overtaken = {
    ...draft,
    outcome: "supplement_required",
    due: "2026-12-10",
    days_left: 17,
    overtaken: "2026-11-24T10:00:00+08:00",
  } as const;
  showApp(
    { page: "home" },
    { ...sessionOf(firm()), ...homeOf(), "draft.list": () => ({ drafts: [overtaken] }) },
  );
  expect(await screen.findAllByText("此后又签署了一份")).toHaveLength(2);
  for (const title of ["到期与失效", "档案"]) {
    const section = screen.getByRole("heading", { name: title }).closest("section") as HTMLElement;
    expect(within(section).getByText("需补充材料")).toBeDefined();
    expect(within(section).getByText("还有 17 天")).toBeDefined();
  }
  expect(screen.queryByRole("heading", { level: 2, name: `补充材料：${draft.title}` })).toBeNull();
});

test("what a destination asks for and until when stands on the first page, the overdue one first and told as such", async () => {
  const [draft, decided] = DRAFTS;
  if (!draft || !decided) throw new Error("no drafts");
  const more = { ...draft, outcome: "supplement_required", due: "2026-12-10", days_left: 17 } as const;
  const over = {
    ...decided,
    outcome: "accepted_with_conditions",
    due: "2026-11-20",
    days_left: -3,
  } as const;
  showApp(
    { page: "home" },
    { ...sessionOf(firm()), ...homeOf(), "draft.list": () => ({ drafts: [more, over] }) },
  );
  expect(await screen.findByRole("heading", { level: 2, name: `补充材料：${draft.title}` })).toBeDefined();
  for (const title of ["到期与失效", "档案"]) {
    const list = screen.getByRole("heading", { level: 2, name: title }).closest("section");
    if (!list) throw new Error("no section");
    expect(within(list).getByText("需补充材料")).toBeDefined();
    expect(within(list).getByText("2026-12-10")).toBeDefined();
    expect(within(list).getByText("还有 17 天")).toBeDefined();
    expect(within(list).getByText("有条件认可")).toBeDefined();
    expect(within(list).getByText("已过 3 天").closest(".mark.fail")).not.toBeNull();
  }
  const due = screen.getByRole("heading", { level: 2, name: "到期与失效" }).closest("section");
  const lines = within(due as HTMLElement).getAllByRole("listitem");
  expect(lines[0]?.textContent).toContain(over.title);
  expect(lines[1]?.textContent).toContain(more.title);
  await expectAccessible();
});

test("what keeps the page from being whole is told, and the rest stands", async () => {
  showApp(
    { page: "home" },
    {
      ...sessionOf(firm()),
      ...homeOf(),
      "hold.list": () => refused("DB-DAMAGED", "数据库已损坏，没有读出。"),
    },
  );
  expect(await screen.findByText("DB-DAMAGED")).toBeDefined();
  expect(screen.getByText("合肥星河 · 松江异地经营【演示】")).toBeDefined();
});

test("a backup that is due stands on the first page", async () => {
  showApp({ page: "home" }, { ...sessionOf(firm()), ...homeOf(), "upkeep.backups": () => NO_BACKUPS });
  expect(await screen.findByText("该备份了")).toBeDefined();
});

test("a backup beside the database is told as what it is", async () => {
  const beside = { ...BACKUPS, folder: null };
  showApp({ page: "home" }, { ...sessionOf(firm()), ...homeOf(), "upkeep.backups": () => beside });
  expect(await screen.findByText("只在本机磁盘")).toBeDefined();
  expect(screen.getByText(/请另选一个备份文件夹（另一块盘或 U 盘）/)).toBeDefined();
  expect(screen.queryByText("已备份")).toBeNull();
  await expectAccessible();
});

test("an incubator's day begins at the verification", async () => {
  showApp({ page: "home" });
  expect(await screen.findByRole("button", { name: "选择档案…" })).toBeDefined();
});

const due = {
  open_cases: 0,
  overdue: 0,
  notices: 0,
  expiring: 0,
  requests: 0,
  backup_due: true,
  after_restore: 0,
};
const noTrust = { ...session().trust, present: false };

/** The dossiers, one of which was signed on that day and is not decided on. */
const signedOn = (day: string) =>
  DRAFTS.map((draft) =>
    draft.state === "draft" ? draft : { ...draft, state: "signed" as const, signed: `${day}T10:00:00+08:00` },
  );

test.each([
  ["trust", firm({ trust: noTrust, waiting: due }), HELD, REQUESTS, DRAFTS],
  ["backup", firm({ waiting: due }), HELD, REQUESTS, DRAFTS],
  ["hand", firm({ waiting: due }), HELD, REQUESTS, signedOn("2026-11-20")],
  ["backup", firm({ waiting: due }), HELD, REQUESTS, signedOn("2026-11-10")],
  ["import", firm(), [], REQUESTS, DRAFTS],
  ["answer", firm({ waiting: due, drill: true }), HELD, REQUESTS, DRAFTS],
  ["sign", firm(), HELD, [], DRAFTS],
  [
    "supplement",
    firm(),
    HELD,
    REQUESTS,
    DRAFTS.map((draft) => ({ ...draft, outcome: "supplement_required" as const })),
  ],
  ["renew", firm(), HELD, [], []],
  ["begin", firm(), HELD.slice(2), [], []],
] as const)("the next step is %s", (step, status, held, requests, drafts) => {
  const now = Date.parse("2026-11-23T10:00:00+08:00");
  expect(nextOf(status, [...held], [...requests], [...drafts], now).step).toBe(step);
});

test("a condition that is long over is told no longer, what has to be added always is", () => {
  const [draft] = DRAFTS;
  const told = (outcome: "supplement_required" | "accepted_with_conditions", days_left: number) =>
    isAwaited({ ...(draft as (typeof DRAFTS)[0]), outcome, due: "2026-10-01", days_left });
  expect([told("accepted_with_conditions", -30), told("accepted_with_conditions", -31)]).toEqual([
    true,
    false,
  ]);
  expect(told("supplement_required", -300)).toBe(true);
});

test("a request that ended, was answered or was made here is not to be answered", () => {
  const closed = REQUESTS.flatMap((request) => [
    { ...request, over: true },
    { ...request, answered: true },
    { ...request, ours: true },
  ]);
  expect(nextOf(firm(), HELD.slice(2), closed, []).step).toBe("begin");
});

test("a signed dossier stands with the time when it was signed; decisions that differ are told", async () => {
  const [draft, decided] = DRAFTS;
  if (!draft || !decided) throw new Error("no drafts");
  const signed = { ...draft, state: "signed", signed: "2026-11-25T09:12:00+08:00" } as const;
  const differ = { ...decided, outcome: "accepted", differ: true } as const;
  showApp(
    { page: "home" },
    { ...sessionOf(firm()), ...homeOf(), "draft.list": () => ({ drafts: [signed, differ] }) },
  );
  expect(await screen.findByText("2026-11-25 09:12")).toBeDefined();
  expect(screen.queryByText("2026-11-22 16:20")).toBeNull();
  expect(screen.getByText("另有决定，内容不同")).toBeDefined();
});

test("of a credential that was revoked no days are counted", async () => {
  const revoked = { ...(HELD[1] as (typeof HELD)[number]), standing: "revoked" as const, days_left: 364 };
  showApp(
    { page: "home" },
    {
      ...sessionOf(firm()),
      ...homeOf(),
      "hold.list": () => ({ credentials: [revoked] }),
    },
  );
  const line = (await screen.findByText("已撤销")).closest("li") as HTMLElement;
  expect(line.textContent).not.toContain("还有 364 天");
});
