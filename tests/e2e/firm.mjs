// A firm's day in the real window, in 演练模式: the request that waits is answered item by item, checked as the
// destination will, signed, exported; then the command line verifies the very file and comes to the same verdict.

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { claim, finish, part } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { binary, drillOf, NOW, PASSPHRASE, pictures, said, scratch, story } from "./stage.mjs";
import { by, openWindow } from "./webdriver.mjs";

/** Of each story whom the dossier is for, and how many papers its checklist still lacks when the drill begins. */
const STORIES = {
  branch_operation: { to: "91310117DEM000030B", papers: 1 },
  full_relocation: { to: "91330110DEM000073U", papers: 2 },
  voucher_redemption: { to: "12310000DEM00009XN", papers: 4 },
};
const { to, papers } = STORIES[story];
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
});

await part("the checklist is answered", async () => {
  await window.click(by.menu("迁移与异地经营"));
  await window.textWith("草稿");
  await window.click(`//tr[contains(., "草稿")]`);
  await window.textWith("基本信息");
  await shot("2-basics");
  await window.click(step("材料"));
  const text = await window.textWith("材料清单");
  claim("the checklist of the destination is there", text.includes("材料清单"), text);
  const lease = join(scratch, "lease.pdf");
  await writeFile(lease, "%PDF-1.7\nlease");
  await window.click(`(//ul[contains(@class, "materials")]/li[contains(., "缺")]${by.button("附加文件")})[1]`);
  await answer("附加文件", lease);
  await window.click(inDialog(by.button("附加")));
  await window.textWith("附件（1）");
  const chosen = await window.run("return document.querySelectorAll('details.chosen').length");
  claim("credentials that fit were chosen already, with what is not needed hidden", chosen > 0, await window.text());
  await shot("3-materials");
});

await part("the dossier is checked before it is sent", async () => {
  await window.click(step("自检"));
  await window.click(by.button("开始自检"));
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(inDialog(by.button("开始自检")));
  const text = await window.textWith("会得出的结论");
  claim("the firm reads what the destination would find", text.includes("会得出的结论"), text);
  await shot("4-checked");
});

await part("the dossier is signed and exported", async () => {
  const expected = await window.run("return document.querySelector('[data-verdict]')?.dataset.verdict");
  await window.click(step("签署与导出"));
  await window.textWith("将签署的内容");
  await shot("5-signing");
  // Sealed, only the destination could open it.
  if (await window.run("return document.querySelector('.sign-bar input').checked")) await window.click(by.choice("加密"));
  const file = join(scratch, "firm.zzdossier");
  await window.click(`//*[contains(@class, "sign-bar")]${by.button("签署并导出")}`);
  await answer("保存档案", file);
  await window.type(by.field("口令"), PASSPHRASE);
  await window.click(inDialog(by.button("签署并导出")));
  const text = await window.textWith("已签署");
  claim("the dossier is signed", text.includes("已签署"), text);
  await shot("6-signed");
  const report = await said("verify", file, "--data", join(data, "drill-firm"), "--at", NOW, "--as", to);
  claim("the command line comes to the verdict of the check", report.verdict === expected, `${report.verdict}, ${expected}`);
});

await window.close();
await rm(scratch, { recursive: true, force: true });
finish();
