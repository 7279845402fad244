// The days of the firm: it begins, takes its credentials in, prepares a dossier from nothing, and reads the decision.

import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { claim } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { at, begin, choose, doubleClick, importAgain, importFirst, inDialog, PASSPHRASE, passed } from "./office.mjs";
import { by } from "./webdriver.mjs";

/** The first start: database, trust data, and the public key for whoever issues to it. */
export async function beginFirm(firm, { trust, fingerprint }) {
  const key = passed("firm.jwk");
  let read;
  await at(firm, async (window) => {
    await begin(window, firm, { role: "企业" });
    await importFirst(window, firm, trust, { fingerprint });
    await window.click(by.menu("资质凭证"));
    await window.click(by.button("导出企业公钥"));
    await answer("导出企业公钥", key);
    const text = await window.textWith("公钥指纹");
    read = /(?:[0-9a-f]{4}\s+){15}[0-9a-f]{4}/.exec(text)?.[0];
    claim("the firm's public key is out, with a fingerprint to read out", read !== undefined, text);
  });
  return { key, fingerprint: read.replaceAll(/\s/g, "") };
}

/** Where the papers that are attached lie. */
const paper = (name) => fileURLToPath(new URL(`../data/attachments/${name}`, import.meta.url));
const item = (title) => `//ul[contains(@class, "materials")]/li[contains(., "${title}")]`;

const step = (name) => `//*[contains(@class, "ant-steps-item")][contains(., "${name}")]`;
const verdictOf = (window) => window.run("return document.querySelector('[data-verdict]')?.dataset.verdict");

/** Credentials come in: one that was double-clicked, the others as files. */
async function take(window, [first, ...others]) {
  await doubleClick(first);
  const text = await window.textWith("已导入");
  claim("a double-clicked credential is taken in", text.includes("已导入 1 份凭证"), text);
  for (const file of others) {
    await window.click(by.button("导入凭证"));
    await answer("导入凭证", file);
  }
  const all = await window.textWith((seen) => seen.includes("在孵企业证明") && seen.includes("营业执照"));
  claim("the firm holds both", all.includes("在孵企业证明") && all.includes("营业执照"), all);
}

/** What the firm says of itself. */
async function fillIn(window) {
  await window.click(step("基本信息"));
  await window.textWith("现在的企业名称");
  await choose(window, "以高新技术企业身份申报", "否");
  await window.textWith("已保存");
}

/** The materials: credentials were chosen already, papers are attached, and the firm looks at what will be seen. */
async function gather(window, look) {
  await window.click(step("材料"));
  const before = await window.textWith("必需材料未备齐");
  claim("a lease is missing", before.includes("必需材料未备齐"), before);
  await look("materials");
  await attach(window, "经营场所租赁合同", "lease.pdf", 1);
  await attach(window, "营业执照", "licence.ofd", 2);
  const text = await window.textWith("必需材料已备齐");
  claim("nothing that is needed is missing any more", text.includes("必需材料已备齐"), text);
  await hide(window);
}

async function attach(window, title, name, count) {
  await window.click(`${item(title)}${by.button("附加文件")}`);
  await answer("附加文件", paper(name));
  await window.click(inDialog(by.button("附加")));
  const text = await window.textWith(`附件（${count}）`);
  claim(`${name} is attached`, text.includes(`附件（${count}）`), text);
}

/** A claim that the checklist does not need is shown by a tick, and withheld again. */
async function hide(window) {
  const box = `//details[contains(@class, "chosen")][contains(., "营业执照")]//li[contains(., "成立日期")]//input`;
  const shows = async (wanted) => {
    let shown;
    for (let tries = 0; tries < 50 && shown !== wanted; tries += 1) {
      await pause(100);
      shown = await window.run(
        `return document.evaluate(arguments[0], document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue.checked`,
        box,
      );
    }
    return shown === wanted;
  };
  claim("what is not needed is withheld", await shows(false), await window.text());
  await window.click(box);
  claim("a tick shows it", await shows(true), await window.text());
  await window.click(`//details[contains(@class, "chosen")][contains(., "营业执照")]${by.button("只披露必需的")}`);
  claim("and one click withholds what is not needed", await shows(false), await window.text());
}

/** The dossier is checked as the destination will; gives the verdict. */
async function check(window) {
  await window.click(step("自检"));
  await window.click(by.button("开始自检"));
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(inDialog(by.button("开始自检")));
  const text = await window.textWith("会得出的结论");
  const verdict = await verdictOf(window);
  claim("the destination would take it", ["passed", "passed_with_conditions"].includes(verdict), `${verdict}\n${text}`);
  return verdict;
}

/** The dossier is signed, sealed to the destination, and exported. */
async function sign(window, { file, look }) {
  await window.click(step("签署与导出"));
  await window.textWith("将签署的内容");
  const sealed = await window.run("return document.querySelector('.sign-bar input').checked");
  claim("it is sealed: the destination's own inbox key is in the register", sealed === true, await window.text());
  await look("sign");
  await window.click(`//*[contains(@class, "sign-bar")]${by.button("签署并导出")}`);
  await answer("保存档案", file);
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(inDialog(by.button("签署并导出")));
  const text = await window.textWith("已签署");
  claim("the dossier is signed", text.includes("已签署") && text.includes("档案摘要"), text);
}

/** Prepares a dossier for the destination from nothing, signs it; gives the file and what it expects of it. */
export async function apply(firm, destination, { trust, credentials }) {
  const file = passed("dossier.zzdossier.age");
  let expected;
  await at(firm, async (window, look) => {
    await importAgain(window, firm, trust);
    await take(window, credentials);
    await window.click(by.menu("迁移与异地经营"));
    await window.click(by.button("准备档案"));
    await window.textWith("情形与材料清单");
    await window.click(by.choice("异地经营材料清单"));
    await choose(window, "迁入地区", destination.region);
    await choose(window, "接收的孵化器", destination.name);
    await window.click(by.button("开始准备"));
    await window.textWith("材料清单");
    await fillIn(window);
    await gather(window, look);
    expected = await check(window);
    await sign(window, { file, look });
    await window.click(by.menu("首页"));
    const home = await window.textWith("交给对方");
    claim("the home page says to hand the dossier over", home.includes("下一步"), home);
    await look("home");
  });
  return { file, expected };
}

/** Whether one of the lines says that it was accepted, without conditions. */
const accepted = (text) => text.split("\n").some((line) => line.trim() === "认可");

/** The decision comes in, and the dossier tells it. */
export async function readDecision(firm, destination, decision) {
  await at(firm, async (window) => {
    await window.click(by.menu("请求与决定"));
    await window.click(by.button("导入决定"));
    await answer("导入决定", decision);
    const text = await window.textWith("决定日期");
    claim("the dossier tells the decision", text.includes("材料齐全，互认规则均满足。") && accepted(text), text);
    claim("and who decided", text.includes(destination.operator), text);
    await window.click(by.menu("首页"));
    const home = await window.textWith((seen) => seen.includes("到期与失效") && accepted(seen));
    claim("the home page tells it too, and asks for nothing more", accepted(home) && !home.includes("交给对方"), home);
  });
}
