// The day of the incubator that receives: a sealed dossier gets its verdict, becomes a case, is asked for more, and is
// decided on. What was written is then read by the command line and by poppler.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { claim } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { at, day, doubleClick, importAgain, inDialog, PASSPHRASE, passed, toTop } from "./office.mjs";
import { said } from "./stage.mjs";
import { by, ENTER } from "./webdriver.mjs";

const run = promisify(execFile);
const textOf = async (pdf) => (await run("pdftotext", ["-layout", pdf, "-"])).stdout;
const more = async (window, what) => {
  await window.click(by.button("其他办理"));
  await window.click(`//*[@role = "menuitem"][contains(., "${what}")]`);
};

/** The file that was double-clicked gets its verdict. */
async function verify(window, firm, { dossier, look }) {
  await window.click(by.menu("核验"));
  await window.textWith("把资质档案拖到这里");
  await look("verify-start");
  await doubleClick(dossier.file);
  const text = await window.textWith((seen) => seen.includes(firm.name) && seen.includes("数据基准"));
  const verdict = await window.run("return document.querySelector('[data-verdict]')?.dataset.verdict");
  claim(
    "the sealed dossier gets the verdict that the firm was told",
    verdict === dossier.expected,
    `${verdict}, ${dossier.expected}\n${text}`,
  );
  const answers = await window.run(
    `return [...document.querySelectorAll(".question-answer")].map((one) => one.textContent.trim())`,
  );
  claim("each of the four questions is answered with yes", answers.join() === "是,是,是,是", answers.join());
  await look("verdict");
}

/** It becomes a case, and is taken in hand. */
async function receive(window, office, firm, look) {
  await window.click(by.button("收件"));
  const received = await window.textWith("办理记录");
  const [number] = /收〔\d{4}〕\d{4}/.exec(received) ?? [];
  claim("it has a number", number !== undefined, received);
  await window.clickUntil(by.button("受理"), "受理表示材料可以进入审查");
  await window.click(inDialog(by.button("受理")));
  const text = await window.textWith((seen) => seen.includes("作出决定") && !seen.includes("受理表示"));
  claim("who accepted it is written down", text.includes(office.operator) && text.includes(firm.name), text);
  await toTop(window);
  await look("case");
}

/** The firm is asked for more, on paper. */
async function ask(window, firm) {
  const notice = passed("notice.pdf");
  await more(window, "要求补正");
  await window.textWith("发出补正要求");
  await window.click(by.button("加一项"));
  // The report has suggested what it missed: those lines stand, and one is added.
  const lines = await window.run(`return document.querySelectorAll('input[aria-label$="项的期限"]').length`);
  await window.type(by.field(`第 ${lines} 项要补充的材料`), "租赁合同的续签页");
  for (let line = 1; line <= lines; line += 1) await window.type(by.field(`第 ${line} 项的期限`), `${day(1)}${ENTER}`);
  await toTop(window);
  await window.click(by.button("发出补正要求"));
  await answer("补正通知", notice);
  const text = await window.textWith("补正通知已写入");
  claim("the case waits for the firm", text.includes("待补正") && text.includes("租赁合同的续签页"), text);
  const paper = await textOf(notice);
  claim(
    "the notice names the firm and what it is to bring",
    paper.includes(firm.name.slice(0, 8)) && paper.includes("续签页"),
    paper,
  );
  await more(window, "已补正，恢复受理");
  await window.type(by.field("备注"), "租赁合同原件已当面核对");
  await window.click(inDialog(by.button("恢复受理")));
  const again = await window.textWith((seen) => !seen.includes("等企业补正的材料") && !seen.includes("恢复受理表示"));
  claim("it is in hand again", !again.includes("等企业补正的材料") && again.includes("作出决定"), again);
}

/** The decision is signed; gives its file. */
async function decide(window, look) {
  const file = passed("decision.zzdecision");
  await window.click(by.button("作出决定"));
  await window.textWith("按核验结论建议");
  await window.click(by.choice("材料齐全，符合互认规则"));
  const reasons = await window.run(`return document.querySelectorAll('input[aria-label$="条理由"]').length`);
  if (reasons === 0) {
    await window.click(by.button("另加一条理由"));
    await window.type(by.field("第 1 条理由"), "材料齐全，互认规则均满足。");
  }
  await toTop(window);
  await look("decide");
  await window.click(by.button("签署决定…"));
  await answer("决定书位置", file);
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(by.button("签署"));
  const text = await window.textWith("决定已签署");
  claim(
    "the decision is signed, with a key that is registered",
    text.includes("决定已签署") && text.includes("decision.zzdecision"),
    text,
  );
  return file;
}

/** The report as a paper, from the case. */
async function report(window, firm) {
  const file = passed("report.pdf");
  await window.click(by.button("核验报告"));
  await answer("保存文书", file);
  const text = await window.textWith("report.pdf");
  claim("the report is written", text.includes("report.pdf"), text);
  const paper = await textOf(file);
  claim("the paper names the firm", paper.includes("核验报告") && paper.includes(firm.uscc), paper.slice(0, 600));
  claim("and is no drill's", !paper.includes("演练"), paper.slice(0, 600));
}

/** Gives the decision, as a file. */
export async function judge(office, firm, { trust, dossier }) {
  let decision;
  await at(office, async (window, look) => {
    await importAgain(window, office, trust);
    await verify(window, firm, { dossier, look });
    await receive(window, office, firm, look);
    await ask(window, firm);
    decision = await decide(window, look);
    await report(window, firm);
  });
  const read = await said("decision", "show", decision, "--trust", trust);
  const failed = read.checks.filter((check) => check.outcome === "fail");
  claim("the command line reads a decision in which nothing fails", failed.length === 0, JSON.stringify(read));
  return decision;
}
