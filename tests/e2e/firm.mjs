// A firm's day in the real window, in 演练模式: the request that waits is answered item by item, checked as the
// destination will, signed, exported; then the command line verifies the very file and comes to the same verdict.

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { claim, finish, part } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { binary, drillOf, NOW, PASSPHRASE, pictures, said, scratch, story } from "./stage.mjs";
import { usable, usableDialog, usableOpen } from "./usable.mjs";
import { by, ENTER, openWindow } from "./webdriver.mjs";

/** Of each story whom the dossier is for, what the firm says of itself, and the papers that its checklist lacks when the drill begins. */
const STORIES = {
  branch_operation: {
    to: "91310117DEM000030B",
    typed: [
      ["分公司（子公司）统一社会信用代码", "91310117DEM0000498"],
      ["分公司（子公司）名称", "上海分公司【演示】"],
      ["在迁入地的研发人员占比", "20"],
    ],
    chosen: [["与本企业的关系", "分公司"]],
    papers: ["经营场所使用证明"],
  },
  full_relocation: {
    to: "91330110DEM000073U",
    typed: [["迁入地新执照的核准日期", `2026-09-10${ENTER}`]],
    chosen: [["拟以何种身份入驻", "加速"]],
    papers: ["股东会迁移决议"],
  },
  voucher_redemption: {
    to: "12310000DEM00009XN",
    typed: [
      ["本次抵扣金额", "14400"],
      ["服务类别", "检验检测"],
      ["服务机构统一社会信用代码", "12310000DEM00009XN"],
      ["发票日期", `2026-11-16${ENTER}`],
    ],
    chosen: [
      ["与服务机构有关联关系", "否"],
      ["属于法定检测", "否"],
      ["领券后已更名", "否"],
    ],
    papers: ["服务合同", "机时使用记录", "发票", "付款凭证"],
  },
};
const { to, typed, chosen: choices, papers } = STORIES[story];
const data = join(scratch, "data");
const window = await openWindow(binary, drillOf(data, "firm"));
const shot = (name) => window.picture(join(pictures, `${story}-firm-${name}.png`));
const inDialog = (button) => `//*[@role = "dialog"]${button}`;
const step = (name) => `//*[contains(@class, "ant-steps-item")][contains(., "${name}")]`;

await part("the drill begins", async () => {
  await window.textWith("演练模式：");
  await window.click(by.menu("首页"));
  const text = await window.textWith("下一步");
  claim("the home page says what to do next", text.includes("下一步"), text);
  await shot("1-home");
  await usable(window, "the first page of a firm");
  await window.click(by.menu("迁移与异地经营"));
  await window.click(by.button("准备档案"));
  await window.textWith("情形与材料清单");
  await usable(window, "the page where a dossier begins");
});

await part("the checklist is answered", async () => {
  await window.click(by.menu("迁移与异地经营"));
  await window.textWith("草稿");
  await window.click(`//tr[contains(., "草稿")]`);
  await window.textWith("基本信息");
  await window.click(step("基本信息"));
  for (const [label, text] of typed) await window.type(by.field(label), text);
  for (const [label, option] of choices) {
    await window.click(by.field(label));
    await window.click(`//*[contains(@class, "ant-select-item-option")][contains(., "${option}")]`);
  }
  await window.textWith("已保存");
  await shot("2-facts");
  await window.click(by.button("加一份同意"));
  await usable(window, "the basics of a dossier");
  await usableOpen(window, by.field("迁出地区"), "the regions of a dossier");
  await usableOpen(window, by.field("涉及的材料"), "the papers of a consent");
  await usableOpen(window, by.field("同意的截止日期"), "the calendar of a consent");
  await usableDialog(window, () => window.click(by.button("删除草稿")), "the dialog of deleting a draft");
  await window.click(`//button[starts-with(@aria-label, "去掉同意")]`);
  // As a person scrolls: the steps are at the head of the page.
  await window.run("document.querySelector('h1').scrollIntoView()");
  await window.click(step("材料"));
  const text = await window.textWith("材料清单");
  claim("the checklist of the destination is there", text.includes("材料清单"), text);
  for (const [number, paper] of papers.entries()) {
    const file = join(scratch, `paper-${number}.pdf`);
    await writeFile(file, `%PDF-1.7\n${paper}`);
    await window.click(`//ul[contains(@class, "materials")]/li[contains(., "${paper}")]${by.button("附加文件")}`);
    await answer("附加文件", file);
    if (number === 0) await usable(window, "the dialog of attaching");
    await window.click(inDialog(by.button("附加")));
    await window.textWith(`附件（${number + 1}）`);
  }
  const attached = await window.text();
  claim("every paper is attached", attached.includes(`附件（${papers.length}）`), attached);
  const chosen = await window.run("return document.querySelectorAll('details.chosen').length");
  claim("credentials that fit were chosen already, with what is not needed hidden", chosen > 0, await window.text());
  const box = "details.chosen .chosen-claims li:not(:has(input:disabled)) input";
  const shows = (wanted) => `return [...document.querySelectorAll("${box}")].filter((it) => it.checked === ${wanted}).length`;
  const [shown, hidden] = [await window.run(shows(true)), await window.run(shows(false))];
  const which = hidden > 0 ? `${box}:not(:checked)` : `${box}:checked`;
  await window.run(`document.querySelector("${which}").click()`);
  const now = async () => `${await window.run(shows(true))} ${await window.run(shows(false))}`;
  const wanted = hidden > 0 ? `${shown + 1} ${hidden - 1}` : `${shown - 1} ${hidden + 1}`;
  for (let times = 0; times < 50 && (await now()) !== wanted; times += 1) await new Promise((done) => setTimeout(done, 100));
  claim("a claim is disclosed or withheld by a tick", (await now()) === wanted, `${shown} ${hidden}, then ${await now()}`);
  claim("and nothing was refused", !(await window.text()).includes("PRESENT-CLAIM"), await window.text());
  await shot("3-materials");
  await usable(window, "the materials of a dossier");
  await usableOpen(window, by.field("文件种类"), "the kinds of a file");
  await usableOpen(window, by.field("对应的清单项"), "the items of a file");
  const choosing = `(//button[starts-with(normalize-space(.), "选择凭证")])[1]`;
  await usableDialog(window, () => window.click(choosing), "the dialog of choosing a credential");
});

await part("the dossier is checked before it is sent", async () => {
  await window.click(step("自检"));
  await usable(window, "the step of checking");
  await window.click(by.button("开始自检"));
  await usable(window, "the dialog of checking");
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(inDialog(by.button("开始自检")));
  const text = await window.textWith("会得出的结论");
  claim("the firm reads what the destination would find", text.includes("会得出的结论"), text);
  const found = await window.run("return document.querySelector('[data-verdict]')?.dataset.verdict");
  claim("the destination would take it", found === "passed" || found === "passed_with_conditions", found);
  await shot("4-checked");
  await usable(window, "a dossier that was checked");
});

await part("the dossier is signed and exported", async () => {
  const expected = await window.run("return document.querySelector('[data-verdict]')?.dataset.verdict");
  await window.click(step("签署与导出"));
  await window.textWith("将签署的内容");
  await shot("5-signing");
  await usable(window, "the page of what will be signed");
  // Sealed, only the destination could open it.
  if (await window.run("return document.querySelector('.sign-bar input').checked")) await window.click(by.choice("加密"));
  const file = join(scratch, "firm.zzdossier");
  await window.click(`//*[contains(@class, "sign-bar")]${by.button("签署并导出")}`);
  await answer("保存档案", file);
  await usable(window, "the dialog of signing a dossier");
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(inDialog(by.button("签署并导出")));
  const text = await window.textWith("已签署");
  claim("the dossier is signed", text.includes("已签署"), text);
  await shot("6-signed");
  await usable(window, "a dossier that is signed");
  const report = await said("verify", file, "--data", join(data, "drill-firm"), "--at", NOW, "--as", to);
  claim("the command line comes to the verdict of the check", report.verdict === expected, `${report.verdict}, ${expected}`);
});

await part("the destination answers", async () => {
  const told = await window.textWith("对方已经核验了这份档案");
  claim("the drill tells where the decision lies", told.includes(".zzdecision"), told);
  await window.click(by.button("导入这份决定"));
  const text = await window.textWith("决定日期");
  const taken = text.split("\n").some((line) => ["认可", "有条件认可"].includes(line.trim()));
  claim("the firm reads that it was taken", taken, text);
  claim("and the answer waits no more", !text.includes("对方已经核验了这份档案"), text);
  await shot("7-decided");
  await usable(window, "a dossier that is decided on");
});

await window.close();
await rm(scratch, { recursive: true, force: true });
finish();
