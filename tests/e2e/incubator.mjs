// A clerk's day in the real window, in 演练模式: a dossier from another province is received, accepted, decided on,
// and its report printed. What was written is then read by the command line and by poppler.

import { execFile, spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { claim, finish, part } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { binary, drillOf, NOW, PASSPHRASE, pictures, said, scratch, story } from "./stage.mjs";
import { usable, usableDialog, usableOpen, usableTabs } from "./usable.mjs";
import { by, ENTER, openWindow } from "./webdriver.mjs";

const run = promisify(execFile);
/**
 * What goes wrong with a voucher before its ledger is asked: a dossier, its verdict, the finding's code and its words.
 */
const VOUCHERS = [
  ["invoice-too-early", "failed", "VCH-SCOPE", "发票日期不符"],
  ["zhejiang-only", "failed", "VCH-SCOPE", "使用地区不符"],
  ["provider-not-listed", "failed", "VCH-SCOPE", "服务机构不符"],
  ["provider-related-to-the-firm", "failed", "RULE-FALSE", "企业与服务机构有关联关系，该服务不得使用创新券"],
  ["mandatory-test", "failed", "RULE-FALSE", "法定检测、强制检测和批量生产检测不在创新券支持范围内"],
  ["moved-out-of-zhejiang", "passed_with_conditions", "RULE-FALSE", "主体资格需复核"],
  ["two-desks", "pending", "VCH-DOUBLE", "合计（¥120,000.00）超过创新券余额（¥100,000.00）"],
];
/** The voucher that the story's dossiers present, and what it is worth. */
const VOUCHER = { number: "CSJQ-330421-2026-000017", amount: "¥100,000.00" };
/** Of each story the firm, the folder of its samples, a dossier in it that fails, and what else goes wrong in it. */
const STORIES = {
  branch_operation: { firm: "星河", folder: "1-hefei-songjiang", failing: "lease-altered", wrong: [] },
  full_relocation: { firm: "云栈", folder: "2-suzhou-hangzhou", failing: "without-high-tech", wrong: [] },
  voucher_redemption: { firm: "澄波", folder: "3-voucher", failing: "more-than-the-balance", wrong: VOUCHERS },
};
const { firm: FIRM, folder, failing, wrong } = STORIES[story];
const data = join(scratch, "data");
/** The drill makes its own organisations with their own keys; these are its files. */
const SAMPLES = join(data, "drill-incubator", "samples");
const STORY = join(SAMPLES, folder);
const window = await openWindow(binary, drillOf(data, "incubator"));
const shot = (name) => window.picture(join(pictures, `${story}-clerk-${name}.png`));

/** A double-click on a file while the window stands: a second start, which hands the file over and ends. */
const doubleClick = (file) =>
  new Promise((ended) => spawn(binary, [file], { stdio: "ignore" }).on("exit", ended));

/** Double-clicks a dossier of the story; gives its verdict once it is on the screen. */
async function verdictOf(name) {
  await doubleClick(join(STORY, `${name}.zzdossier`));
  await window.textWith((seen) => seen.includes(`${name}.zzdossier`) && seen.includes("重新核验"));
  return window.run("return document.querySelector('[data-verdict]')?.dataset.verdict");
}

/** A dossier with something wrong in it: its verdict, and the finding among what needs somebody's attention. */
async function toldBy(name, verdict, code, words) {
  const shown = await verdictOf(name);
  claim(`${name} is ${verdict}`, shown === verdict, await window.text());
  await window.click(by.tab("需要处理"));
  await window.textWith(words);
  const findings = await window.run(
    `const all = [...document.querySelectorAll(".findings > li")];
     all.at(-1)?.scrollIntoView({ block: "end" });
     return all.map((one) => one.innerText)`,
  );
  const told = findings.some((one) => one.includes(code) && one.includes(words));
  claim(`${name} is told as ${code}, in words`, told, findings.join("\n"));
  await shot(`wrong-${name}`);
}

await part("the drill begins", async () => {
  const text = await window.textWith("演练模式：");
  claim("the drill says that it is one", text.includes("所有数据均为样例"), text);
});

await part("a double-clicked dossier gets its verdict", async () => {
  const verdict = await verdictOf(failing);
  claim(`${failing} fails`, verdict === "failed", await window.text());
  await shot("1-failed");
  await usableTabs(window, "a verdict that fails");
  await usableDialog(window, () => window.click(by.button("保存核验报告…")), "the report's dialog");
  for (const one of wrong) await toldBy(...one);
  const next = await verdictOf("dossier");
  claim("the dossier in order passes", next === "passed" || next === "passed_with_conditions", await window.text());
  await shot("2-passed");
  await usable(window, "a verdict that passes");
});

await part("the case is accepted", async () => {
  await window.clickUntil(by.button("打开办件"), "办理记录");
  await window.clickUntil(by.button("受理"), "受理表示材料可以进入审查");
  await usable(window, "the dialog of accepting");
  await window.type(by.field("经办人"), "经办员甲【演示】");
  await window.click(`//*[@role = "dialog"]${by.button("受理")}`);
  const text = await window.textWith((seen) => seen.includes("作出决定") && !seen.includes("受理表示"));
  claim("the case is in hand", text.includes("作出决定"), text);
  await shot("3-accepted");
  await usableTabs(window, "a case in hand");
  await window.click(by.button("其他办理"));
  await usable(window, "what else is done with a case");
  await window.click(`//*[@role = "menuitem"][contains(., "要求补正")]`);
  await window.textWith("发出补正要求");
  await usable(window, "the page of a request to supplement");
  await window.click(by.button("返回"));
  await window.textWith("办理记录");
});

if (story === "voucher_redemption")
  await part("the voucher of the case is taken", async () => {
    await window.click(by.button("登记创新券"));
    const page = await window.textWith("尚未向登记方查询");
    claim("its page says what it is worth", page.includes(VOUCHER.number) && page.includes(VOUCHER.amount), page);
    claim("and that its ledger was not asked yet", page.includes("余额未知"), page);
    await usable(window, "a voucher that was taken");
    await shot("4-voucher");
    await window.click(by.button("返回"));
    await window.textWith("办理记录");
  });

const decision = join(scratch, "decision.zzdecision");
await part("the decision is signed", async () => {
  await window.click(by.button("作出决定"));
  const begun = await window.textWith("按核验结论建议");
  await usable(window, "the page of a decision");
  // A branch that operates elsewhere rests on papers of its head office; with others nothing has to be added.
  if (begun.includes("还没有写条件")) {
    await window.click(by.button("加一项"));
    await window.type(by.field("第 1 项要补充的材料"), "换证后的管理体系认证证书");
  }
  const days = () => window.run(`return document.querySelectorAll('input[aria-label$="项的期限"]').length`);
  const wanted = await days();
  if (wanted > 0) await usableOpen(window, by.field("第 1 项的期限"), "the calendar of a decision");
  for (let item = 1; item <= wanted; item += 1)
    await window.type(by.field(`第 ${item} 项的期限`), `2026-12-31${ENTER}`);
  // As a click beside it does: the calendar of the last one closes, and the head of the page is in sight again.
  await window.run("document.activeElement.blur(); document.querySelector('h1').scrollIntoView()");
  await shot("4-deciding");
  await window.click(by.button("签署决定…"));
  await answer("决定书位置", decision);
  await usable(window, "the dialog of signing a decision");
  await window.type(by.field("口令"), "not the passphrase");
  await window.click(by.button("签署"));
  const refused = await window.textWith("KEY-PASSPHRASE");
  claim("a wrong passphrase signs nothing and says so", refused.includes("KEY-PASSPHRASE"), refused);
  await window.type(by.field("口令"), PASSPHRASE);
  await shot("5-signing");
  await window.click(by.button("签署"));
  const text = await window.textWith("归档");
  claim("the case is decided", text.includes("归档"), text);
  await shot("6-decided");
  await usable(window, "a case that is decided");
  const trust = join(SAMPLES, "trust", "demo.zztrust");
  const dossier = join(STORY, "dossier.zzdossier");
  const read = await said("decision", "show", decision, "--trust", trust, "--dossier", dossier, "--at", NOW);
  const failed = read.checks.filter((check) => check.outcome === "fail");
  claim("the command line reads the decision on this very dossier", read.dossier_matches === true, JSON.stringify(read));
  claim("nothing about the decision fails", failed.length === 0, JSON.stringify(failed));
});

await part("the report is printed", async () => {
  const report = join(scratch, "report.pdf");
  await window.click(by.button("核验报告"));
  await answer("保存文书", report);
  const text = await window.textWith("已写入");
  claim("the window says what was written", text.includes("report.pdf"), text);
  const { stdout } = await run("pdftotext", ["-layout", report, "-"]);
  claim("the paper names the firm and what it is", stdout.includes(FIRM) && stdout.includes("核验报告"), stdout.slice(0, 400));
  claim("the paper says that it is a drill's", stdout.includes("演练") || stdout.includes("【演示】"), stdout.slice(0, 400));
  const attached = await run("pdfdetach", ["-list", report]);
  claim("the JSON is inside", attached.stdout.includes(".json"), attached.stdout);
  await run("pdftoppm", ["-r", "70", "-png", report, join(pictures, `${story}-clerk-report`)]);
});

await part("the ledger has it", async () => {
  await window.click(by.menu("台账"));
  const text = await window.textWith("已决定");
  claim("the ledger shows the decision", text.includes("已决定") && text.includes(FIRM), text);
  await shot("7-ledger");
  await usable(window, "the ledger");
  await usableOpen(window, by.field("状态"), "the states of the ledger");
  await usableOpen(window, by.field("核验结论"), "the verdicts of the ledger");
  await window.click(by.button("更多条件"));
  await usableOpen(window, by.field("收件日期自"), "the calendar of the ledger");
  const file = join(scratch, "ledger.xlsx");
  await window.click(by.button("导出 Excel…"));
  await answer("导出 Excel", file);
  await window.textWith("已写入");
  const bytes = await readFile(file);
  claim("the ledger is a workbook", bytes.subarray(0, 2).toString() === "PK", bytes.length);
});

if (story === "voucher_redemption")
  await part("the vouchers have it", async () => {
    await window.click(by.menu("创新券"));
    const text = await window.textWith(VOUCHER.number);
    claim("what was taken is among the vouchers, and is the desk's to redeem", text.includes(VOUCHER.number) && text.includes("服务机构"), text);
    await shot("7-vouchers");
  });

await part("what lies over every page can be used by everybody", async () => {
  await usableDialog(window, () => window.press({ key: "k", ctrlKey: true }), "the palette");
  await usableDialog(window, () => window.press({ key: "/", ctrlKey: true }), "the sheet of keys");
});

await part("the desk is locked", async () => {
  await window.click(by.button("锁定"));
  const text = await window.textWith((seen) => !seen.includes(FIRM));
  claim("a locked window shows no firm", !text.includes(FIRM), text);
  await shot("8-locked");
  await usable(window, "the locked window");
});

await window.close();
await rm(scratch, { recursive: true, force: true });
finish();
