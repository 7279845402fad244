import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Provenance, TypeForm } from "../../gen/wire";
import { SONGJIANG } from "../../test/data/firm";
import { issuedLine, TYPES } from "../../test/data/issue";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";
import { inOrder } from "./kinds";

const GETTING = { uscc: "91340100DEM0000014", values: [] };

test("a credential is issued to chosen firms, with the passphrase once", async () => {
  const { host, user } = showApp({ page: "issue", firms: ["firm-1", "firm-3"] });
  await user.type(await screen.findByRole("textbox", { name: "编号" }), "HFUSP-2026-{{0001}");
  await expectAccessible();
  host.choices.push("/out");
  await user.click(screen.getByRole("button", { name: "签发 2 份" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText(/各家不同的内容：名称/)).toBeDefined();
  const rows = within(within(dialog).getByRole("table", { name: "将签发的企业" })).getAllByRole("row");
  expect(rows[1]?.textContent).toContain("企业 firm-1【演示】");
  expect(rows[2]?.textContent).toContain("企业 firm-3【演示】");
  expect(rows[2]?.textContent).toContain("HFUSP-2026-0002");
  expect(within(dialog).getByText("省级")).toBeDefined();
  await user.type(within(dialog).getByLabelText(/口令/), "一句足够长的口令");
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "签名并签发" }));
  expect(await screen.findByText("已签发 1 份")).toBeDefined();
  expect(screen.getByText("企业没有交来公钥，不能签发")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "导出吊销名单" }));
  host.choices.push("/lists");
  await user.click(await screen.findByRole("button", { name: "按上次签名导出" }));
  await waitFor(() => expect(host.asked("issue.export_status_list")).toEqual([{ path: "/lists" }]));
  const asked = host.asked("issue.issue")[0];
  expect(asked).toMatchObject({
    kind: "incubatee-certificate",
    provenance: "direct",
    firms: ["firm-1", "firm-3"],
    number: "HFUSP-2026-{0001}",
    attested: null,
    folder: "/out",
    passphrase: "一句足够长的口令",
  });
  await expectAccessible();
});

test("an attested paper carries how its original was seen", async () => {
  const { host, user } = showApp({ page: "issue", firms: ["firm-1"] });
  await user.click(await screen.findByRole("combobox", { name: /凭证类型/ }));
  await user.click(await screen.findByTitle("高新技术企业证书"));
  await user.type(screen.getByRole("textbox", { name: /批次/ }), "第二批");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "编号" }).placeholder).toBe("GR202534990001");
  await user.type(screen.getByRole("textbox", { name: /^有效期/ }), "2028-11-18{Enter}");
  await user.type(screen.getByRole("textbox", { name: /核验系统/ }), "高企认定管理网");
  host.choices.push("/out");
  await user.click(screen.getByRole("button", { name: "签发 1 份" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  await waitFor(() => expect(host.asked("issue.issue")).toHaveLength(1));
  expect(host.asked("issue.issue")[0]?.attested).toMatchObject({
    method: "原件核对",
    system: "高企认定管理网",
  });
});

test("what is needed is marked, and asked for before a folder and a passphrase are", async () => {
  const { host, user } = showApp({ page: "issue", firms: ["firm-1"] });
  await user.click(await screen.findByRole("combobox", { name: /凭证类型/ }));
  await user.click(await screen.findByTitle("高新技术企业证书"));
  const batch = screen.getByRole("textbox", { name: /批次/ });
  expect(document.querySelector(`label[for="${batch.id}"] .required`)).not.toBeNull();
  host.choices.push("/out");
  await user.click(screen.getByRole("button", { name: "签发 1 份" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  const until = screen.getByRole("textbox", { name: /^有效期/ });
  expect(document.activeElement).toBe(until);
  await user.type(until, "2028-11-18{Enter}");
  await user.click(screen.getByRole("button", { name: "签发 1 份" }));
  expect(document.activeElement).toBe(batch);
  expect(batch.getAttribute("aria-invalid")).toBe("true");
  const told = document.getElementById(batch.getAttribute("aria-describedby") ?? "");
  expect(told?.textContent).toBe("必填，请填写");
  expect(screen.getAllByText("必填，请填写")).toHaveLength(2);
  await expectAccessible();
  await user.type(batch, "二");
  await user.type(screen.getByRole("textbox", { name: /网址/ }), "x");
  await user.click(screen.getByRole("button", { name: "签发 1 份" }));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: /核验系统/ }));
  expect(screen.getByText("网址应以 https:// 或 http:// 开头，中间没有空格")).toBeDefined();
  expect(host.choices).toEqual(["/out"]);
});

test("back from the result, what was filled in is there until another batch is begun", async () => {
  const { host, user } = showApp({ page: "issue", firms: ["firm-1", "firm-3"] });
  const number = () => screen.getByRole<HTMLInputElement>("textbox", { name: "编号" });
  await screen.findByRole("textbox", { name: "编号" });
  await user.type(number(), "HFUSP-2026-{{0001}");
  host.choices.push("/out");
  await user.click(screen.getByRole("button", { name: "签发 2 份" }));
  await user.type(within(await screen.findByRole("dialog")).getByLabelText(/口令/), "口令{Enter}");
  await screen.findByText("已签发 1 份");
  await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  expect(await screen.findByText(/上一批已签发 1 份/)).toBeDefined();
  expect(number().value).toBe("HFUSP-2026-{0001}");
  expect(screen.getByText("企业（已选 2 家）")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "签发新的一批" }));
  expect(number().value).toBe("");
  expect(screen.queryByText(/上一批已签发/)).toBeNull();
  expect(screen.getByText("企业（已选 0 家）")).toBeDefined();
});

test("what an incubator issues most comes first, its own papers before copies of others'", () => {
  const say = ({ zh }: { zh: string }) => zh;
  const type = (id: string, zh: string, provenance: Provenance[]): TypeForm => ({
    ...(TYPES[0] as TypeForm),
    id,
    title: { zh, en: zh },
    provenance,
  });
  const { own, copies } = inOrder(
    [
      type("patent", "专利", ["attested"]),
      type("graduation-certificate", "毕业证明", ["direct"]),
      type("high-tech-enterprise", "高新技术企业证书", ["attested"]),
      type("incubatee-certificate", "在孵企业证明", ["direct"]),
      type("incubation-agreement", "孵化协议", ["direct", "attested"]),
    ],
    "zh",
    say,
  );
  expect(own.map(({ title }) => title.zh)).toEqual(["在孵企业证明", "毕业证明", "孵化协议"]);
  expect(copies.map(({ title }) => title.zh)).toEqual(["高新技术企业证书", "专利"]);
});

test("a wrong passphrase is said, and the form stays as it was", async () => {
  const { host, user } = showApp(
    { page: "issue", firms: ["firm-1"] },
    {
      "issue.issue": () => refused("KEY-PASSPHRASE", "口令不对"),
    },
  );
  host.choices.push("/out");
  await user.click(await screen.findByRole("button", { name: "签发 1 份" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "错{Enter}");
  expect(await within(dialog).findByText("KEY-PASSPHRASE")).toBeDefined();
  expect(screen.getByText("企业（已选 1 家）")).toBeDefined();
});

test("what is final cannot be changed, and the rest asks for a reason and the passphrase", async () => {
  const { host, user } = showApp({ page: "issued" });
  await user.click(await screen.findByText("HFUSP-2026-0000"));
  await user.click(await screen.findByRole("button", { name: /^撤\s?销$/ }));
  const dialogs = await screen.findAllByRole("dialog");
  const dialog = dialogs[dialogs.length - 1] as HTMLElement;
  expect(within(dialog).getByText(/此操作不能恢复/)).toBeDefined();
  const reason = within(dialog).getByRole("textbox", { name: /原因/ });
  await waitFor(() => expect(document.activeElement).toBe(reason));
  await user.type(reason, "已毕业");
  await user.type(within(dialog).getByLabelText(/口令/), "口令");
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: /^撤\s?销$/ }));
  await waitFor(() =>
    expect(host.asked("issue.set_status")).toEqual([
      { ids: ["issued-0"], status: "revoked", reason: "已毕业", passphrase: "口令" },
    ]),
  );
  expect(await screen.findByText("撤销和注销不能恢复。")).toBeDefined();
});

test("the status stands before the dates, which large text may push off the table", async () => {
  showApp({ page: "issued" });
  await screen.findByText("HFUSP-2026-0000");
  const heads = screen.getAllByRole("columnheader").map(({ textContent }) => textContent);
  expect(heads).toEqual(["凭证", "编号", "企业 ↕", "状态", "签发时间", "有效期至"]);
});

test("status lists are exported as they are or signed anew", async () => {
  const { host, user } = showApp({ page: "issued" });
  await user.click(await screen.findByRole("button", { name: /导出吊销名单/ }));
  host.choices.push("/lists");
  await user.click(await screen.findByRole("button", { name: "按上次签名导出" }));
  await waitFor(() => expect(host.asked("issue.export_status_list")).toEqual([{ path: "/lists" }]));
  await expectAccessible();
});

test("the passphrase is asked for in the place of the dialog that led to it, and what was written is told", async () => {
  const { host, user } = showApp({ page: "issued" });
  await user.click(await screen.findByRole("button", { name: /导出吊销名单/ }));
  host.choices.push("/lists");
  await user.click(await screen.findByRole("button", { name: "重新签名后导出" }));
  await user.type(await screen.findByLabelText(/口令/), "口令");
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "签名并导出" }));
  await waitFor(() =>
    expect(host.asked("issue.export_status_list")).toEqual([{ path: "/lists", passphrase: "口令" }]),
  );
  expect(await screen.findByText("已写入")).toBeDefined();
});

test("what cannot be signed is said before a folder and a passphrase are asked for", async () => {
  const why = { zh: "名册中没有该企业的公钥", en: "no key" };
  const nobody = { count: 0, firms: [], holding: [], revoked: [], sharing: [], first: [], differing: [] };
  const one = { id: "firm-1", name: "甲公司【演示】", why, code: "ISSUE-HOLDER" };
  let refuse = true;
  const { host, user } = showApp(
    { page: "issue", firms: ["firm-1"] },
    {
      "issue.preview": () =>
        refuse ? refused("ISSUE-NUMBER", "编号不能使用") : { ...nobody, refused: [one] },
    },
  );
  host.choices.push("/out");
  const issue = await screen.findByRole("button", { name: "签发 1 份" });
  await user.click(issue);
  expect(await screen.findByText("ISSUE-NUMBER")).toBeDefined();
  refuse = false;
  await user.click(issue);
  expect(await screen.findByText("ISSUE-HOLDER")).toBeDefined();
  expect(host.choices).toEqual(["/out"]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a firm that gets none is named with the reason before signing", async () => {
  const why = { zh: "企业入驻时成立时间超过上限24个月", en: "too old" };
  const preview = {
    count: 1,
    firms: [{ ...GETTING, id: "firm-1", name: "甲公司【演示】" }],
    refused: [{ id: "firm-2", name: "老公司【演示】", why, code: "INC-AGE" }],
    holding: [],
    revoked: [],
    sharing: [],
    first: [],
    differing: [],
  };
  const { host, user } = showApp(
    { page: "issue", firms: ["firm-1", "firm-2"] },
    { "issue.preview": () => preview },
  );
  host.choices.push("/out");
  await user.click(await screen.findByRole("button", { name: "签发 2 份" }));
  const dialog = await screen.findByRole("dialog");
  const left = within(dialog).getByText("老公司【演示】").closest("li");
  expect(left?.textContent).toContain("超过上限24个月");
  expect(left?.textContent).toContain("INC-AGE");
  // The page behind says what the dialog does.
  expect(screen.getByRole("button", { name: "签发 1 份", hidden: true })).toBeDefined();
  await expectAccessible();
});

test("firms that hold a valid one are named before signing, and can be left out", async () => {
  const firms = ["甲公司【演示】", "乙公司【演示】"].map((name, n) => ({
    ...GETTING,
    id: `firm-${n + 1}`,
    name,
  }));
  const held = { id: "firm-2", name: "乙公司【演示】", until: "2027-03-01" };
  const { host, user } = showApp(
    { page: "issue", firms: ["firm-1", "firm-2"] },
    {
      "issue.preview": ({ firms: asked }) => ({
        count: asked.length,
        firms: firms.slice(0, asked.length),
        refused: [],
        holding: asked.includes("firm-2") ? [held] : [],
        revoked: [],
        sharing: [],
        first: [],
        differing: [],
      }),
    },
  );
  host.choices.push("/out");
  await user.click(await screen.findByRole("button", { name: "签发 2 份" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("其中 1 家已有有效的同类凭证，继续签发会有两份")).toBeDefined();
  expect(within(dialog).getByText("2027-03-01")).toBeDefined();
  await user.click(within(dialog).getByRole("button", { name: "不签给这些企业" }));
  // The dialog goes on with the others, and the folder needs not be chosen again.
  expect(await within(dialog).findByText(/将签发给 1 家/)).toBeDefined();
  expect(within(dialog).queryByRole("button", { name: "不签给这些企业" })).toBeNull();
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  await waitFor(() =>
    expect(host.asked("issue.issue")[0]).toMatchObject({ firms: ["firm-1"], folder: "/out" }),
  );
});

test("whoever issues again after a revocation is told when and why, and says to go on", async () => {
  const last = { id: "firm-1", name: "甲公司【演示】", on: "2026-10-08", reason: "材料不实" };
  const firms = [{ ...GETTING, id: "firm-1", name: last.name }];
  const preview = {
    count: 1,
    firms,
    refused: [],
    holding: [],
    sharing: [],
    revoked: [last],
    first: [],
    differing: [],
  };
  const { host, user } = showApp({ page: "issue", firms: ["firm-1"] }, { "issue.preview": () => preview });
  host.choices.push("/out");
  await user.click(await screen.findByRole("button", { name: "签发 1 份" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText(/1 家的同类凭证在最近一年内被撤销过/)).toBeDefined();
  expect(within(dialog).getByText("材料不实").closest("li")?.textContent).toContain("2026-10-08");
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  expect(host.asked("issue.issue")).toEqual([]);
  await expectAccessible();
  await user.click(within(dialog).getByRole("checkbox", { name: /仍要签发/ }));
  await user.click(within(dialog).getByRole("button", { name: "签名并签发" }));
  await waitFor(() => expect(host.asked("issue.issue")).toHaveLength(1));
});

test("firms that share a public key are named with what to do, and can be left out", async () => {
  const firms = ["firm-1", "firm-2"].map((id) => ({ ...GETTING, id, name: `企业 ${id}【演示】` }));
  const warning = { zh: "公钥与名册中“丙公司【演示】（9134）”的相同", en: "the same key" };
  const sharing = [{ id: "firm-2", name: "乙公司【演示】", warning }];
  const preview = {
    count: 2,
    firms,
    refused: [],
    holding: [],
    revoked: [],
    sharing,
    first: [],
    differing: [],
  };
  const { host, user } = showApp(
    { page: "issue", firms: ["firm-1", "firm-2"] },
    { "issue.preview": () => preview },
  );
  host.choices.push("/out");
  await user.click(await screen.findByRole("button", { name: "签发 2 份" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("其中 1 家的公钥与名册中其他企业的相同")).toBeDefined();
  expect(
    within(dialog)
      .getByText(/丙公司【演示】/)
      .closest("li")?.textContent,
  ).toContain("乙公司【演示】");
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "不签给这些企业" }));
  await waitFor(() => expect(host.asked("issue.preview").at(-1)?.firms).toEqual(["firm-1"]));
});

test("of a thousand firms each is found before they are signed for", async () => {
  const many = Array.from({ length: 1000 }, (_, n) => `firm-${n + 1}`);
  const { host, user } = showApp({ page: "issue", firms: many });
  host.choices.push("/out");
  await user.click(await screen.findByRole("button", { name: /^签发 1,?000 份/ }));
  const dialog = await screen.findByRole("dialog");
  const table = within(dialog).getByRole("table", { name: "将签发的企业" });
  expect(table.getAttribute("aria-rowcount")).toBe("1001");
  await user.type(within(dialog).getByRole("textbox", { name: /查找/ }), "firm-777");
  expect(within(table).getByText("企业 firm-777【演示】")).toBeDefined();
  expect(within(table).getAllByRole("row")).toHaveLength(2);
});

test("a list that changed is asked for where credentials stand", async () => {
  const { user } = showApp(
    { page: "issued" },
    { "issue.list_standing": () => ({ not_exported_since: "2026-11-23T09:00:00+08:00" }) },
  );
  expect(await screen.findByText("吊销名单有改动，还没有导出")).toBeDefined();
  await user.click(await screen.findByText("HFUSP-2026-0003"));
  const card = await screen.findByRole("dialog");
  expect(within(card).getByText("已毕业")).toBeDefined();
  expect(within(card).getByText("状态时间")).toBeDefined();
});

test("who is in no register hands over its keys, with a fingerprint to compare", async () => {
  const remark = { zh: "本单位不在已导入的信任数据中", en: "not registered" };
  const { host, user } = showApp(
    { page: "issue", firms: [] },
    { "issue.types": () => ({ types: TYPES, remark }) },
  );
  const shown = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
  host.choices.push("/out/公钥.json");
  await user.click(await screen.findByRole("button", { name: /导出本单位公钥/ }));
  expect(await screen.findByText("0a1b 2c3d 4e5f 6071")).toBeDefined();
  expect(host.asked("issue.export_keys")).toEqual([{ path: "/out/公钥.json" }]);
  // The fingerprint is what is read out: it stands first, and what was written comes into sight.
  const print = screen.getByText("公钥指纹");
  const written = screen.getByText("已写入");
  expect(print.compareDocumentPosition(written) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  expect(shown.mock.contexts.some((one) => (one as HTMLElement).contains(print))).toBe(true);
  shown.mockRestore();
});

test("the card of a credential names its status list and its place there", async () => {
  const uri = "urn:zizhitong:status:91340100DEM0000228:202611271205054735";
  const line = { ...issuedLine(0), status_list: uri, status_place: 17 };
  const { user } = showApp(
    { page: "issued" },
    {
      "issue.list": () => ({ credentials: [line], next: null }),
      "trust.issuers": () => ({
        issuers: [{ ...SONGJIANG, uscc: "91340100DEM0000228", name: "合肥大学科技园【演示】" }],
        next: null,
      }),
    },
  );
  await user.click(await screen.findByText(line.firm_name));
  const list = await screen.findByText("合肥大学科技园【演示】 2026-11-27 20:05 开始的吊销名单");
  expect(list.closest("dd")?.textContent).toContain("第 17 位");
  expect(document.body.textContent).not.toContain("urn:");
});

test("the number is called what the type calls it, and is taken from the register where that has it", async () => {
  const licence: TypeForm = {
    ...(TYPES[1] as TypeForm),
    id: "business-licence",
    title: { zh: "营业执照", en: "Business licence" },
    valid_until: false,
    from_register: ["number"],
    number_sample: null,
    attested_needs: ["registrar"],
    hints: [
      { name: "scope", hint: { zh: "有的接收方要求出示这一项", en: "some destinations ask to see this" } },
    ],
    claims: [
      {
        name: "number",
        label: { zh: "统一社会信用代码", en: "Code" },
        kind: "text",
        required: false,
        choices: [],
      },
      { name: "scope", label: { zh: "经营范围", en: "Scope" }, kind: "text", required: false, choices: [] },
    ],
  };
  showApp(
    { page: "issue", firms: ["firm-1"] },
    { "issue.types": () => ({ types: [licence], remark: null }) },
  );
  const number = await screen.findByRole<HTMLInputElement>("textbox", { name: "统一社会信用代码" });
  expect(number.placeholder).toBe("");
  expect(screen.queryByText("编号")).toBeNull();
  expect(screen.getByText("不填时取名册中各企业自己的内容")).toBeDefined();
  expect(screen.getByText("有的接收方要求出示这一项")).toBeDefined();
});
