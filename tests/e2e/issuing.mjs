// The day of the incubator that issues: a roster comes in, a firm gets its key, two credentials are signed and handed out
// with the status list.

import { mkdir, writeFile } from "node:fs/promises";
import { claim } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { at, choose, day, filesIn, importAgain, PASSPHRASE, passed, toTop } from "./office.mjs";
import { by, ENTER } from "./webdriver.mjs";

/** Who is in the park, as the office keeps it in Excel; the code in the second line was mistyped. */
const roster = (firm) => [
  "企业名称,统一社会信用代码,所在地区,成立日期,入驻日期,孵化截止日期,孵化协议编号,技术领域,场地地址,车位",
  `${firm.name},${firm.uscc},安徽省合肥市蜀山区,${day(-20)},${day(-12)},${day(30)},HFUSP-XY-0117,量子传感,创新大道 100 号 3 楼,2`,
  `合肥云栈数据有限公司【演示】,91340100DEM0000999,安徽省合肥市蜀山区,${day(-10)},${day(-6)},${day(36)},HFUSP-XY-0118,数据,创新大道 100 号 4 楼,1`,
];

/** The roster comes in as a table. */
async function enrol(window, firm, look) {
  const table = passed("roster.csv");
  await writeFile(table, `\uFEFF${roster(firm).join("\r\n")}\r\n`);
  await window.click(by.menu("在园企业名册"));
  await window.click(by.button("导入表格"));
  await answer("导入表格", table);
  const preview = await window.textWith("导入后");
  claim("a row with a mistyped code is left out", /不能导入的行\s*1/.test(preview), preview);
  claim("and so is a column that nobody knows, which is said", preview.includes("这些列不导入：车位"), preview);
  await look("roster");
  await window.click(by.button("导入 1 家"));
  const text = await window.textWith("已新增");
  claim("the firm is in the register", text.includes("已新增 1 家"), text);
  await window.click(by.button("回到名册"));
}

/** The firm's public key, compared by telephone. */
async function giveKey(window, firm, { key, fingerprint }) {
  await window.click(`//tr[contains(., "${firm.name}")]`);
  await window.click(by.button("选择公钥文件…"));
  await answer("选择公钥文件", key);
  const text = await window.textWith("公钥指纹");
  claim(
    "the register shows the fingerprint that the firm reads out",
    text.replaceAll(/\s/g, "").includes(fingerprint),
    text,
  );
  await toTop(window);
  await window.click(by.button("保存"));
  await window.textWith("共 1 家");
}

/** Signs one credential for the firm, into a folder. */
async function sign(window, firm, folder, name, { fill, look = async () => {} }) {
  await fill();
  await window.click(`//input[@aria-label = "选择 ${firm.name}"]`);
  await toTop(window);
  await look("issue");
  await window.click(by.button("签发 1 份"));
  await answer("选择存放凭证文件的文件夹", folder);
  const asked = await window.textWith("将签发给 1 家");
  claim(`what will be signed is shown: ${name}`, asked.includes(firm.name) && asked.includes(name), asked);
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(by.button("签名并签发"));
  const text = await window.textWith((seen) => /已签发 \d 份|没有签发任何/.test(seen));
  claim(`it is issued: ${name}`, text.includes("已签发 1 份"), text);
}

/** The status list, signed anew, for whoever publishes the trust data. */
async function handList(window, folder) {
  await window.click(by.button("导出吊销名单"));
  await window.click(by.button("重新签名后导出"));
  await answer("选择存放吊销名单的文件夹", folder);
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(by.button("签名并导出"));
  const text = await window.textWith("已写入");
  claim("the status list is out", text.includes(".jwt"), text);
}

/** Gives the credentials and the status list, as files. */
export async function issue(office, firm, { trust, key, fingerprint }) {
  const [credentials, lists] = [passed("credentials"), passed("lists")];
  for (const folder of [credentials, lists]) await mkdir(folder, { recursive: true });
  await at(office, async (window, look) => {
    await importAgain(window, office, trust);
    await enrol(window, firm, look);
    await giveKey(window, firm, { key, fingerprint });
    await window.click(by.menu("签发"));
    await window.click(by.button("签发凭证"));
    await sign(window, firm, credentials, "在孵企业证明", {
      fill: async () => {
        await choose(window, "凭证类型", "在孵企业证明");
        await window.type(by.field("证明编号"), "HFUSP-2026-{0117}");
      },
      look,
    });
    await window.click(by.button("签发新的一批"));
    await sign(window, firm, credentials, "营业执照", {
      fill: async () => {
        await choose(window, "凭证类型", "营业执照", "营业执照");
        await window.type(by.field("发证日期"), `${day(-20)}${ENTER}`);
        await window.type(by.field("登记机关"), "合肥市市场监督管理局【演示】");
        await window.type(by.field("核验系统"), "国家企业信用信息公示系统");
      },
    });
    await handList(window, lists);
  });
  const made = { credentials: await filesIn(credentials, ".zzcred"), lists: await filesIn(lists, ".jwt") };
  claim(
    "two credentials and one list lie on the stick",
    made.credentials.length === 2 && made.lists.length === 1,
    JSON.stringify(made),
  );
  return made;
}
