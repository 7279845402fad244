import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { App } from "../../App";
import type { Check, ReportCredential, Verified } from "../../gen/wire";
import { Refused } from "../../host/types";
import { withoutEnding } from "../../parts/kinds";
import { session, answers as sessionOf } from "../../test/data/session";
import { HEFEI, HEFEI_ALTERED, HEFEI_STALE, PICTURE, SUZHOU } from "../../test/data/verify";
import { type Answers, fakeHost, refusal, refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";
import { routeOf } from "./dropped";

/** The window as it begins, at the page that the program was started for. */
function showFirst(own: Answers) {
  const host = fakeHost(own);
  const on = vi.spyOn(host, "on");
  render(<App host={host} />);
  return { host: Object.assign(host, { on }), user: userEvent.setup({ delay: null }) };
}

const at = ({ path }: Verified) => ({ page: "verify", path }) as const;
const shut = session({ database: "none", profile: null, waiting: null });
const settled = () => screen.findByRole("region", { name: "核验结论" });
const tab = async (name: RegExp) => fireEvent.click(await screen.findByRole("tab", { name }));

test.each([
  [HEFEI, "有条件通过"],
  [HEFEI_STALE, "待联网复核"],
  [HEFEI_ALTERED, "不通过"],
] as const)("one screen tells verdict, questions, data and firm of $path", async (dossier, word) => {
  showApp(at(dossier));
  const banner = await settled();
  expect(within(banner).getByRole("heading", { name: word })).toBeDefined();
  expect(within(banner).getByText("合肥星河量子传感技术有限公司【演示】")).toBeDefined();
  const questions = screen.getByRole("region", { name: "四个问题" });
  expect(within(questions).getAllByRole("heading").length).toBe(4);
  expect(screen.getByRole("region", { name: "数据基准" }).textContent).toMatch(
    /信任数据截至 2026-11-22 10:00 · 1 天前/,
  );
});

test("what was verified stays to be read when a case changes and the file is gone", async () => {
  let gone = false;
  const { host } = showApp(at(HEFEI), {
    "verify.file": () => {
      if (gone) throw new Refused(refusal("IO-READ", "读不出这个文件"));
      return HEFEI;
    },
  });
  await settled();
  gone = true;
  act(() => host.emit({ event: "changed", what: ["cases"] }));
  expect(await screen.findByText("这次没有核验成，以下是上一次的核验结果")).toBeDefined();
  expect(screen.getByText("读不出这个文件")).toBeDefined();
  expect(within(await settled()).getByRole("heading", { name: "有条件通过" })).toBeDefined();
});

test("the age of the oldest status list is told", async () => {
  showApp(at(HEFEI_STALE));
  await settled();
  expect(screen.getByRole("region", { name: "数据基准" }).textContent).toContain(
    "吊销名单截至 2026-11-14 10:00 · 9 天前",
  );
});

test("missing trust data are said and not left blank", async () => {
  const bare = {
    ...HEFEI,
    report: { ...HEFEI.report, basis: { ...HEFEI.report.basis, trust: null, rule_pack: null } },
  };
  showApp(at(HEFEI), { "verify.file": () => bare });
  await settled();
  const basis = screen.getByRole("region", { name: "数据基准" });
  expect(basis.textContent).toContain("信任数据截至 没有");
  expect(basis.textContent).toContain("没有可用的规则包");
});

test("the checklist names what answers each item and what is wrong with it", async () => {
  showApp(at(HEFEI));
  await settled();
  await tab(/材料清单/);
  const item = (await screen.findByText("管理体系认证", { selector: "strong" })).closest("li") as HTMLElement;
  expect(within(item).getByText("不足以采信")).toBeDefined();
  expect(within(item).getByText("可选")).toBeDefined();
  expect(within(item).getByText("DATE-EXPIRED")).toBeDefined();
  expect(item.textContent).toContain("依据 《双方孵化器资质互认协议【演示】》（演示〔2026〕1号）第三条");
});

test("a credential shows its claims, where it comes from and how it is taken", async () => {
  showApp(at(HEFEI));
  await settled();
  await tab(/资质凭证/);
  const number = await screen.findByText("HFUSP-2026-0117");
  const card = number.closest("li") as HTMLElement;
  expect(within(card).getByText("【直签】")).toBeDefined();
  expect(within(card).getByText("等效互认")).toBeDefined();
  fireEvent.click(number);
  expect(within(card).getByText("另有 1 项企业未披露。")).toBeDefined();
  const cited = "《双方孵化器资质互认协议【演示】》（演示〔2026〕1号）第三条（规则 SJ-E-01）";
  expect(within(card).getByText(cited)).toBeDefined();
  // What does not hold is open at once, and nobody asks how it would be taken.
  const expired = screen.getByText("管理体系认证", { selector: "strong" }).closest("li") as HTMLElement;
  expect(within(expired).getByText("DATE-EXPIRED")).toBeDefined();
  expect(within(expired).queryByText("直接采信")).toBeNull();
});

test("what became of a credential is said first, and no rule looks like a yes where it does not hold", async () => {
  const [first, ...others] = HEFEI_STALE.report.credentials;
  const revoked = {
    ...first,
    verdict: "failed",
    checks: [{ ...(first?.checks[0] as Check), code: "STAT-REVOKED", outcome: "fail" }],
  } as ReportCredential;
  showApp(at(HEFEI_STALE), {
    "verify.file": () => ({
      ...HEFEI_STALE,
      report: { ...HEFEI_STALE.report, credentials: [revoked, ...others] },
    }),
  });
  await settled();
  await tab(/资质凭证/);
  const lines = (await screen.findByText("HFUSP-2026-0117")).closest("ul")?.children ?? [];
  const line = (n: number) => within(lines[n] as HTMLElement);
  expect(line(0).getByText("已撤销").closest(".mark")?.className).toContain("fail");
  expect(line(8).getByText("已过期").closest(".mark")?.className).toContain("fail");
  expect(line(8).queryByText("不通过")).toBeNull();
  // Nobody knows yet whether this one holds.
  expect(line(1).getByText("等效互认").closest(".mark")?.className).not.toContain("pass");
  await tab(/材料清单/);
  expect(await screen.findByText("管理体系认证（已过期）")).toBeDefined();
});

test("what need not be there and is not is no fault", async () => {
  showApp(at(SUZHOU));
  await settled();
  await tab(/材料清单/);
  const item = (await screen.findByText("在孵企业证明", { selector: "strong" })).closest("li") as HTMLElement;
  expect(within(item).getByText("未提供").closest(".mark")?.className).toContain("none");
  expect(within(item).getByText("可选")).toBeDefined();
});

test("signatures tell who, what, when and by whose clock", async () => {
  showApp(at(HEFEI));
  await settled();
  await tab(/签名/);
  const rows = await screen.findAllByRole("row");
  expect(rows[1]?.textContent).toContain("档案清单");
  expect(rows[1]?.textContent).toContain("91340100DEM000014D");
  expect(screen.getByText(/未经第三方时间戳证明/)).toBeDefined();
});

test("an attachment is seen, labelled and saved; a sealed one is only labelled", async () => {
  const { user, host } = showApp(at(HEFEI));
  await settled();
  await tab(/附件/);
  expect(screen.getByText("含签章，未在本软件内验签，请用版式软件核对")).toBeDefined();
  await user.click(screen.getByRole("button", { name: /^办公场所照片/ }));
  const picture = await screen.findByRole<HTMLImageElement>("img", { name: "办公场所照片【演示】.png" });
  expect(picture.src).toMatch(/^data:image\/png;base64,/);
  expect(host.asked("verify.attachment").at(-1)).toEqual({
    dossier: HEFEI.path,
    case_id: null,
    draft_id: null,
    path: `attachments/${PICTURE}`,
  });
  await user.click(screen.getByRole("button", { name: /^营业执照电子文件/ }));
  expect(await screen.findByText(/这种文件不在窗口内显示/)).toBeDefined();
  host.choices.push("/out/执照.ofd");
  await user.click(screen.getByRole("button", { name: "另存 营业执照电子文件【演示】.ofd" }));
  expect(await screen.findByText("/out/执照.ofd")).toBeDefined();
});

test("an altered attachment is told as such", async () => {
  showApp(at(HEFEI_ALTERED));
  await settled();
  await tab(/附件/);
  expect(await screen.findByText("与签名时不一致")).toBeDefined();
});

test("every check is found by its code, by its words and by its outcome", async () => {
  const { user } = showApp(at(HEFEI));
  await settled();
  await tab(/全部核验项/);
  const panel = screen.getByRole("tabpanel");
  await user.keyboard("{Control>}f{/Control}");
  await user.keyboard("date-expired");
  const expired = HEFEI.report.checks.filter(({ code }) => code === "DATE-EXPIRED");
  expect(expired.length).toBeGreaterThan(5);
  await waitFor(() => expect(within(panel).getAllByRole("listitem").length).toBe(expired.length));
  fireEvent.click(within(panel).getByRole("radio", { name: /不成立/ }));
  await waitFor(() => expect(within(panel).getAllByRole("listitem").length).toBe(1));
  await user.keyboard("zzz");
  expect(await screen.findByText("没有符合条件的核验项")).toBeDefined();
});

test("the JSON is the report and is copied whole", async () => {
  const { user, host } = showApp(at(HEFEI));
  await settled();
  await tab(/JSON/);
  await user.click(await screen.findByRole("button", { name: "复制 JSON" }));
  expect(JSON.parse(host.copied[0] ?? "")).toEqual(HEFEI.report);
});

test("F5 verifies again", async () => {
  const { user, host } = showApp(at(HEFEI));
  await settled();
  await user.keyboard("{F5}");
  await waitFor(() => expect(host.asked("verify.file").length).toBe(2));
});

test("Ctrl+P saves the report with the name of whoever verified", async () => {
  const { user, host } = showApp(at(HEFEI));
  await settled();
  await user.keyboard("{Control>}p{/Control}");
  await screen.findByRole("dialog");
  await expectAccessible();
  host.choices.push("/out/报告.pdf");
  await user.click(screen.getByRole("button", { name: "选择位置并保存…" }));
  expect(await screen.findByText("/out/报告.pdf")).toBeDefined();
  expect(host.asked("verify.save_report")[0]).toEqual({
    dossier: { path: HEFEI.path, identity: null },
    path: "/out/报告.pdf",
    language: "zh",
    hands: { operator: "经办甲【演示】", reviewer: null },
  });
});

test("a sealed dossier asks for the key, and is opened with it", async () => {
  const sealed: Answers = {
    "verify.file": ({ identity }) => {
      if (identity === null)
        throw new Refused(refusal("SEAL-IDENTITY", "档案已加密，本机没有能打开它的密钥"));
      return HEFEI;
    },
  };
  const { user, host } = showApp(at(HEFEI), sealed);
  host.choices.push("/keys/收件.txt");
  await user.click(await screen.findByRole("button", { name: "选择收件密钥文件…" }));
  await settled();
  expect(host.asked("verify.file").at(-1)?.identity).toBe("/keys/收件.txt");
});

test("a sealed dossier leads to unlocking first while the database is locked, and the key's file stays the second way", async () => {
  let locked = true;
  const { user, host } = showApp(at(HEFEI), {
    ...sessionOf(session({ database: "locked", profile: null })),
    "verify.file": () => (locked ? refused("SEAL-IDENTITY", "没有给出打开它的收件密钥") : HEFEI),
  });
  const unlock = await screen.findByRole("button", { name: "解锁" });
  expect(unlock.className).toContain("primary");
  expect(screen.getByRole("alert").textContent).toContain("解锁后用本单位的收件密钥打开");
  expect(screen.queryByText("没有给出打开它的收件密钥")).toBeNull();
  expect(screen.getByRole("button", { name: "选择收件密钥文件…" }).className).not.toContain("primary");
  await user.click(unlock);
  locked = false;
  await user.type(await screen.findByLabelText(/口令/, { selector: "input[type=password]" }), "口令{Enter}");
  await settled();
  expect(host.asked("verify.file").at(-1)?.identity).toBeNull();
});

test("a sealed dossier can be chosen wherever a dossier is", async () => {
  const { user, host } = showApp({ page: "verify", path: null });
  await user.click(await screen.findByRole("button", { name: "选择档案…" }));
  await user.click(screen.getByRole("button", { name: /^台账/ }));
  await user.click(await screen.findByRole("button", { name: "收件…" }));
  await user.click(screen.getByRole("button", { name: /^信任数据/ }));
  await user.keyboard("{Control>}o{/Control}");
  expect(host.endings).toEqual(Array(3).fill(["zzdossier", "zzdossier.age"]));
});

test.each([
  [["/a/说明.txt", "/a/星河.zzdossier.age"], { page: "verify", path: "/a/星河.zzdossier.age", others: 1 }],
  [["C:\\a\\X.ZZDOSSIER.AGE"], { page: "verify", path: "C:\\a\\X.ZZDOSSIER.AGE", others: 0 }],
])("of dropped files the sealed dossier is verified: %j", (paths, route) => {
  expect(routeOf(paths)).toEqual(route);
});

test("a report on a sealed dossier is named without either ending", () => {
  expect(["星河.zzdossier", "星河.zzdossier.age", "x.age"].map(withoutEnding)).toEqual([
    "星河",
    "星河",
    "x.age",
  ]);
});

test("a file that is none is refused in its place, and the app goes on", async () => {
  const broken: Answers = {
    "verify.file": ({ path }) => {
      if (path === HEFEI.path) return HEFEI;
      throw new Refused(refusal("IO-READ", "文件无法读取"));
    },
  };
  const { host } = showApp({ page: "verify", path: "/gone.zzdossier" }, broken);
  expect((await screen.findByRole("alert")).textContent).toContain("文件无法读取");
  await expectAccessible();
  act(() => host.drop.dropped([HEFEI.path]));
  await settled();
});

test("a file that is no dossier is refused by what it is, with nothing to receive and the place where it belongs", async () => {
  const told = (code: string, fact: string) => ({
    "verify.file": () => {
      throw new Refused(refusal(code, fact));
    },
  });
  const { host, user } = showApp(
    { page: "verify", path: "/a.zztrust.bak" },
    told("FILE-TRUST", "这是一个信任数据包，不是互认档案"),
  );
  expect((await screen.findByRole("alert")).textContent).toContain("不是互认档案");
  expect(screen.queryByRole("button", { name: /收件/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "再试一次" })).toBeNull();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "去导入信任数据" }));
  await waitFor(() => expect(host.asked("trust.import")[0]?.path).toBe("/a.zztrust.bak"));
});

test("without trust data one card says so of all credentials, with the way to import it", async () => {
  const missing = HEFEI.report.credentials.map(({ path: subject }) => ({
    code: "TRUST-MISSING",
    outcome: "pending" as const,
    question: "issuer" as const,
    subject,
    message: { zh: "没有信任数据，不能判断签发方是否可信。", en: "There is no trust data." },
    facts: {},
  }));
  const report = { ...HEFEI.report, checks: [...HEFEI.report.checks, ...missing] };
  const { user } = showApp(
    { page: "verify", path: HEFEI.path },
    { "verify.file": () => ({ ...HEFEI, report }) },
  );
  await settled();
  const told = await screen.findAllByText(/没有信任数据，不能判断签发方是否可信/);
  const cards = told.map((one) => one.closest(".findings > li")).filter((card) => card !== null);
  expect(cards).toHaveLength(1);
  expect(cards[0]?.textContent).toMatch(/等 \d+ 项/);
  await user.click(within(cards[0] as HTMLElement).getByRole("button", { name: "导入信任数据" }));
  expect(await screen.findByRole("heading", { level: 1, name: "信任数据" })).toBeDefined();
});

test("of several that were dropped the first is taken, and that is said", async () => {
  const { host } = showApp({ page: "verify", path: null });
  await screen.findByRole("button", { name: "选择档案…" });
  act(() => host.drop.dropped([HEFEI.path, HEFEI_STALE.path, HEFEI_ALTERED.path]));
  expect(await screen.findByText(/另有 2 份没有核验/)).toBeDefined();
});

test("a double-click while the window stands opens the file", async () => {
  const { host } = showApp({ page: "verify", path: null });
  await screen.findByRole("button", { name: "选择档案…" });
  act(() => host.emit({ event: "opened", paths: [HEFEI_STALE.path] }));
  const banner = await settled();
  expect(banner.dataset.verdict).toBe("pending");
});

test("what was double-clicked before the window listened is opened in its order, the first once", async () => {
  const files = [[HEFEI.path], [HEFEI_STALE.path]];
  const { user, host } = showFirst({
    ...sessionOf(session({ opened: [HEFEI.path] })),
    "session.listening": () => ({ files }),
  });
  expect((await settled()).dataset.verdict).toBe("pending");
  await user.click(screen.getByRole("button", { name: "返回" }));
  await waitFor(async () => expect((await settled()).dataset.verdict).toBe("passed_with_conditions"));
  expect(screen.queryByRole("button", { name: "返回" })).toBeNull();
  expect(host.asked("session.listening")).toHaveLength(1);
});

test("a double-click is heard while the keychain opens the database, and takes the window once it is open", async () => {
  let status = session({ database: "locked", profile: null, waiting: null });
  const { host } = showFirst({ ...sessionOf(status), "session.status": () => status });
  await screen.findByRole("button", { name: "选择档案…" });
  const heard = host.on.mock.calls.length;
  status = session();
  act(() => host.emit({ event: "changed", what: ["session"] }));
  await screen.findByText("松江科创孵化器【演示】");
  expect(host.on.mock.calls.length, "nothing stops listening meanwhile").toBe(heard);
  act(() => host.emit({ event: "opened", paths: [HEFEI_STALE.path] }));
  expect((await settled()).dataset.verdict).toBe("pending");
});

test("an incubator takes the dossier in; a firm and a closed desk do not", async () => {
  const { user, host } = showApp(at(HEFEI));
  await user.click(await screen.findByRole("button", { name: "收件" }));
  expect(await screen.findByRole("heading", { level: 1, name: "收〔2026〕0017" })).toBeDefined();
  expect(host.asked("cases.receive")).toEqual([{ path: HEFEI.path, operator: "经办甲【演示】" }]);
});

test("without a database there is nothing to take a dossier in to", async () => {
  showApp(at(HEFEI), sessionOf(shut));
  await settled();
  expect(screen.queryByRole("button", { name: "收件" })).toBeNull();
});

test("a dossier that is a case already leads to it", async () => {
  const { user } = showApp(at(HEFEI), { "verify.file": () => ({ ...HEFEI, case_id: "case-18" }) });
  await user.click(await screen.findByRole("button", { name: "打开办件" }));
  expect(await screen.findByRole("heading", { level: 1, name: "收〔2026〕0018" })).toBeDefined();
});

test.each([/需要处理/, /材料清单/, /资质凭证/, /签名/, /附件/, /全部核验项/, /JSON/])(
  "%s can be used without seeing it",
  async (name) => {
    showApp(at(HEFEI));
    await settled();
    await tab(name);
    await expectAccessible();
  },
);

test("a verdict is still there after unlocking from the header, and what the database knows comes with it", async () => {
  const { user, host } = showApp(at(HEFEI), {
    ...sessionOf(session({ database: "locked", profile: null, waiting: null })),
  });
  await settled();
  await tab(/资质凭证/);
  expect(screen.queryByRole("button", { name: "收件" })).toBeNull();
  await user.click(screen.getByRole("button", { name: /解锁/ }));
  await expectAccessible();
  // Nobody went to the settings.
  expect(document.querySelector("nav [aria-current]")).toBeNull();
  await user.click(await screen.findByRole("button", { name: "返回" }));
  await settled();
  await user.click(screen.getByRole("button", { name: /解锁/ }));
  await user.type(await screen.findByLabelText(/口令/, { selector: "input[type=password]" }), "口令{Enter}");
  expect(within(await settled()).getByText("合肥星河量子传感技术有限公司【演示】")).toBeDefined();
  expect((await screen.findByRole("tab", { name: /资质凭证/ })).getAttribute("aria-selected")).toBe("true");
  expect(await screen.findByRole("button", { name: "收件" })).toBeDefined();
  await waitFor(() => expect(host.asked("verify.file")).toHaveLength(2));
});
