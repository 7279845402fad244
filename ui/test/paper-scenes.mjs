// Scenes of papers in the making: what a firm keeps and puts together, what an incubator issues and keeps a roster of.

import { click, firm, looks, wait } from "./desk-scenes.mjs";

const draft = { page: "draft", id: "draft-1" };
const onTab = (text) => (page) => click(page, text, "[role=tab], .ant-steps-item");

const step = (name, text, more = {}) => ({
  name: `draft-${name}`,
  route: draft,
  session: firm,
  act: onTab(text),
  ...more,
});

async function askToSign(page) {
  await onTab("签署与导出")(page);
  await page.evaluate(`window.host.choices.push("/out.zzdossier.age")`);
  await click(page, "签署并导出", "button");
  await wait(400);
}

async function check(page) {
  await onTab("自检")(page);
  await click(page, "开始自检");
  await wait(400);
  await page.evaluate(`document.querySelector("[role=dialog] input").focus()`);
  await page.send("Input.insertText", { text: "口令" });
  await page.evaluate(
    `document.querySelector("[role=dialog] button[type=submit], [role=dialog] .ant-btn-primary").click()`,
  );
  await wait(600);
}

async function leaveOut(page) {
  await onTab("基本信息")(page);
  await page.evaluate(`document.getElementById("draft-name").select()`);
  await page.send("Input.insertText", { text: " " });
  await click(page, "下一步");
}

export const PAPER_SCENES = [
  ...looks("drafts", { route: { page: "drafts" }, session: firm }),
  ...looks("begin", { route: { page: "begin" }, session: firm }),
  ...looks("draft-materials", { route: draft, session: firm }),
  step("basics", "基本信息"),
  { ...step("missing", "基本信息"), act: leaveOut },
  { ...step("missing-large", "基本信息"), act: leaveOut, settings: { large_text: true } },
  step("check", "自检"),
  step("checked", "自检", { act: check }),
  step("sign", "签署与导出"),
  step("sign-dark", "签署与导出", { settings: { theme: "dark" } }),
  step("sign-ask", "签署与导出", { act: askToSign }),
  step("sign-ask-dark", "签署与导出", { act: askToSign, settings: { theme: "dark" } }),
  ...looks("draft-signed", { route: { page: "draft", id: "draft-2" }, session: firm }),
  ...looks("held", { route: { page: "held" }, session: firm }),
  { name: "credential", route: { page: "credential", id: "held-2" }, session: firm },
  { name: "declare", route: { page: "declare" }, session: firm },
  ...looks("requests", { route: { page: "requests" }, session: firm }),
  { name: "new-request", route: { page: "newRequest" } },
  ...looks("issue", { route: { page: "issue", firms: ["firm-1", "firm-3"] } }),
  ...looks("issued", { route: { page: "issued" } }),
  {
    name: "issued-card",
    route: { page: "issued" },
    act: (page) => click(page, "HFUSP-2026-0000", "tr.windowed-row"),
  },
  ...looks("register", { route: { page: "register" } }),
  ...looks("firm", { route: { page: "firm", id: "firm-1" } }),
  ...looks("roster", { route: { page: "roster", path: "/r.xlsx" } }),
  { name: "batch", route: { page: "batch", path: "/demo" } },
];
