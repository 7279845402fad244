import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { DraftClaim, DraftPage } from "../../gen/wire";
import { DESTINATIONS, DRAFT, SIGNED, SONGJIANG, SUPPLEMENT } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";
import { toggled, withheld } from "./ChosenCredentials";

const firm = sessionOf(session({ profile: FIRM }));
const draft = { page: "draft", id: DRAFT.line.id } as const;

test("a destination with one place and one incubator needs no more choices", async () => {
  const { host, user } = showApp({ page: "begin" }, firm);
  const begin = await screen.findByRole("button", { name: "开始准备" });
  await expectAccessible();
  await user.click(begin);
  await waitFor(() =>
    expect(host.asked("draft.begin")).toEqual([
      {
        request_id: null,
        scenario: "branch_operation",
        destination_region: "310117",
        aud: "91310117DEM000030B",
        checklist_id: "SJ-BRANCH",
        pack_id: "sh-songjiang",
      },
    ]),
  );
});

test("a dossier that was signed and not written says so, and nothing of an earlier file", async () => {
  let signed = false;
  const { host, user } = showApp(draft, {
    ...firm,
    "draft.get": () => (signed ? SIGNED : DRAFT),
    "draft.sign": () => {
      signed = true;
      host.emit({ event: "changed", what: ["drafts"] });
      return refused("SIGNED-UNWRITTEN", "档案已经签署，但文件没有写出");
    },
  });
  await user.click(await screen.findByText("签署与导出"));
  host.choices.push("/full/out.zzdossier.age");
  await user.click(await screen.findByRole("button", { name: "签署并导出" }));
  await user.type(within(await screen.findByRole("dialog")).getByLabelText(/口令/), "口令{Enter}");
  expect(await screen.findByText("SIGNED-UNWRITTEN")).toBeDefined();
  expect(await screen.findByRole("button", { name: "导出档案" })).toBeDefined();
  expect(screen.queryByText("已写入")).toBeNull();
});

test("packs of one name in two provinces are two choices", async () => {
  const elsewhere = DESTINATIONS.map((one) => ({ ...one, regions: "江苏省", region_codes: ["32"] }));
  const { user } = showApp(
    { page: "begin" },
    { ...firm, "draft.destinations": () => ({ destinations: [...DESTINATIONS, ...elsewhere] }) },
  );
  await user.click(await screen.findByRole("radio", { name: /江苏省/ }));
  const chosen = screen.getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked);
  expect(chosen.map((radio) => radio.closest("label")?.textContent)).toEqual([
    expect.stringContaining("江苏省"),
  ]);
});

test("a dossier that was left is taken up at its materials, with what is missing first said", async () => {
  showApp(draft, firm);
  expect(await screen.findByText("还有 1 项必需材料未备齐")).toBeDefined();
  expect(screen.getByText(/含签章，未在本软件内验签/)).toBeDefined();
  expect(screen.getByText("等效互认")).toBeDefined();
  await expectAccessible();
});

test("a dossier that a decision opened again shows why, what is asked for and until when", async () => {
  const again = { ...DRAFT, decision: SUPPLEMENT };
  const { user } = showApp(draft, { ...firm, "draft.get": () => again });
  const decision = () => screen.findByRole("heading", { level: 2, name: "决定" });
  const shown = (await decision()).closest("section") as HTMLElement;
  for (const text of [
    "需补充材料",
    "营业执照没有附上（REQUIRED-MISSING）",
    "补交营业执照扫描件，期限 2026-12-31",
  ])
    expect(within(shown).getByText(text)).toBeDefined();
  await user.click(screen.getByText("签署与导出"));
  expect(await decision()).toBeDefined();
  await expectAccessible();
});

test("every keystroke is saved", async () => {
  const { host, user } = showApp(draft, firm);
  await user.click(await screen.findByText("基本信息"));
  await user.type(await screen.findByRole("textbox", { name: /档案名称/ }), "二");
  await waitFor(() => expect(host.asked("draft.save").at(-1)?.fields.title).toBe("松江异地经营二"));
  await user.type(screen.getByRole("spinbutton", { name: /研发人员占比/ }), "60");
  await waitFor(() =>
    expect(host.asked("draft.save").at(-1)?.fields.facts).toEqual([
      { name: "rd_staff_at_destination_percent", value: "60" },
    ]),
  );
  await expectAccessible();
});

test("what could not be saved is said and stays on the screen", async () => {
  const { user } = showApp(draft, {
    ...firm,
    "draft.save": () => refused("STORE-FULL", "磁盘已满，没有保存"),
  });
  await user.click(await screen.findByText("基本信息"));
  await user.type(await screen.findByRole("textbox", { name: /档案名称/ }), "三");
  expect(await screen.findByText("STORE-FULL")).toBeDefined();
  expect(screen.getByDisplayValue("松江异地经营三")).toBeDefined();
});

test("a claim is shown or hidden one by one, and what is always visible cannot be hidden", async () => {
  const { host, user } = showApp(draft, firm);
  await user.click(await screen.findByRole("checkbox", { name: "场地面积" }));
  await waitFor(() =>
    expect(host.asked("draft.choose")[0]).toMatchObject({
      credential_id: "held-2",
      disclose: ["entered_on", "area_sqm"],
    }),
  );
  expect(screen.getByRole("checkbox", { name: "签发方" })).toHaveProperty("disabled", true);
});

const claim = (path: string, shown: boolean, selectable = true): DraftClaim => ({
  line: { label: { zh: path, en: path }, value: "x", path, selectable },
  shown,
  needed: false,
});

test("a claim that is hidden takes along what stands in it, and no longer shows by what it stands in", () => {
  const claims = [
    claim("iss", true, false),
    claim("number", false),
    claim("attested", true),
    claim("attested.by", true),
    claim("attested.on", true),
  ];
  const at = (path: string) => claims.find(({ line }) => line.path === path) as DraftClaim;
  expect(toggled(claims, at("number"))).toEqual(["attested", "attested.by", "attested.on", "number"]);
  expect(toggled(claims, at("attested"))).toEqual([]);
  expect(toggled(claims, at("attested.by"))).toEqual(["attested.on"]);
});

test("what stands in a claim that is withheld is withheld with it and not counted again", () => {
  expect(
    withheld([
      claim("number", false),
      claim("attested", false),
      claim("attested.by", false),
      claim("attested_on", false),
      claim("owners[0]", false),
      claim("issued_on", true),
      claim("iss", true, false),
    ]),
  ).toBe(4);
});

test("the head names the destination once", async () => {
  const name = "松江科创孵化器【演示】";
  const page = {
    ...DRAFT,
    line: { ...DRAFT.line, destination: `${name}（上海市松江区）` },
    destination: DRAFT.destination && { ...DRAFT.destination, name },
  };
  showApp(draft, { ...firm, "draft.get": () => page });
  const head = (await screen.findByRole("heading", { level: 1 })).closest("header") as HTMLElement;
  expect(head.querySelector("p")?.textContent?.split(name)).toHaveLength(2);
});

test("the self-check shows what the destination would find before anything is signed", async () => {
  const { host, user } = showApp(draft, firm);
  await user.click(await screen.findByText("自检"));
  await user.click(await screen.findByRole("button", { name: "开始自检" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  expect(await screen.findByRole("heading", { name: "有条件通过" })).toBeDefined();
  expect(host.asked("draft.sign")).toEqual([]);
  // What a check is about is named, and not by its place in the file.
  expect(document.getElementById("page")?.textContent).not.toContain("credentials/");
  await expectAccessible();
});

test("what will be signed is shown, and signing names the dossier and asks for the passphrase", async () => {
  const { host, user } = showApp(draft, firm);
  await user.click(await screen.findByText("签署与导出"));
  expect(await screen.findByText("签署后不能撤回。")).toBeDefined();
  expect(screen.getByText(/还没有自检/)).toBeDefined();
  const open = screen.getByText("还有 1 项必需材料未备齐").closest(".ant-alert") as HTMLElement;
  const missing = DRAFT.items.filter(({ required, state }) => required && state !== "ready");
  for (const { title } of missing) expect(open.textContent).toContain(title.zh);
  expect(screen.getByText(/^90fa cafe .* 4b89$/)).toBeDefined();
  await expectAccessible();
  host.choices.push("/out.zzdossier.age");
  await user.click(screen.getByRole("button", { name: "签署并导出" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("签署“松江异地经营”")).toBeDefined();
  expect(within(dialog).getByText("加密：只有接收方能打开")).toBeDefined();
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  await waitFor(() =>
    expect(host.asked("draft.sign")).toEqual([
      { id: DRAFT.line.id, passphrase: "口令", path: "/out.zzdossier.age", seal: true },
    ]),
  );
});

test("once it is signed, the page says where the file is, and copies that", async () => {
  let signed = false;
  const { host, user } = showApp(draft, {
    ...firm,
    "draft.get": () => (signed ? { ...SIGNED, line: { ...SIGNED.line, id: DRAFT.line.id } } : DRAFT),
    "draft.sign": ({ path }) => {
      signed = true;
      return { path, sha256: "ab".repeat(32), count: 1 };
    },
  });
  await user.click(await screen.findByText("签署与导出"));
  await screen.findByText("签署后不能撤回。");
  // Whoever does not want it sealed is told so before and after.
  await user.click(screen.getByRole("checkbox", { name: "加密，只有接收方能打开" }));
  host.choices.push("/out/松江.zzdossier");
  await user.click(screen.getByRole("button", { name: "签署并导出" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("不加密：拿到文件的人都能打开")).toBeDefined();
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  const note = (await screen.findByText("已写入")).closest("[role=status]") as HTMLElement;
  expect(within(note).getByText("/out/松江.zzdossier")).toBeDefined();
  expect(within(note).getByText("不加密：拿到文件的人都能打开")).toBeDefined();
  await user.click(within(note).getByRole("button", { name: "复制路径" }));
  expect(host.copied).toEqual(["/out/松江.zzdossier"]);
});

test("a decision that came back is shown with its reasons and what has to be added", async () => {
  showApp({ page: "draft", id: SIGNED.line.id }, firm);
  expect(await screen.findByText("科技型中小企业编号年底到期（DATE-SOON）")).toBeDefined();
  expect(screen.getByText("补交营业执照扫描件，期限 2026-12-31")).toBeDefined();
  await expectAccessible();
});

test("decisions on one dossier that differ stand side by side, the one signed last first", async () => {
  const accepted = { ...SUPPLEMENT, outcome: "accepted" as const, parts: [] };
  const page = {
    ...SIGNED,
    decision: accepted,
    decision_signed_at: "2026-11-24T09:00:00+08:00",
    other_decisions: [{ signed_at: "2026-11-23T09:00:00+08:00", decision: SUPPLEMENT }],
  };
  showApp({ page: "draft", id: SIGNED.line.id }, { ...firm, "draft.get": () => page });
  expect(await screen.findByText("对这份档案，对方签过内容不同的决定")).toBeDefined();
  const section = screen.getByRole("heading", { level: 2, name: "对方发来的决定" }).closest("section");
  const [stands, before] = within(section as HTMLElement)
    .getAllByText(/签署$/)
    .map((mark) => mark.closest("li") as HTMLElement);
  expect(stands?.textContent).toContain("最晚签署");
  expect(stands?.textContent).not.toContain("补交营业执照");
  expect(before?.textContent).toContain("较早签署");
  expect(before?.textContent).toContain("补交营业执照");
  await expectAccessible();
});

test("the list of dossiers says what was decided, until when something is waited for, and what is overdue", async () => {
  const lines = [
    { ...DRAFT.line, outcome: "supplement_required", due: "2026-12-10", days_left: 17 } as const,
    { ...SIGNED.line, outcome: "accepted_with_conditions", due: "2026-11-20", days_left: -3 } as const,
  ];
  showApp({ page: "drafts" }, { ...firm, "draft.list": () => ({ drafts: lines }) });
  expect(await screen.findByText("需补充材料")).toBeDefined();
  expect(screen.getByText("还有 17 天")).toBeDefined();
  expect(screen.getByText("已过 3 天").closest(".mark.fail")).not.toBeNull();
  await expectAccessible();
});

test("a dossier after which another was signed is told apart in the list and on its page", async () => {
  const overtaken = {
    ...SIGNED.line,
    state: "signed" as const,
    outcome: null,
    due: null,
    days_left: null,
    signed: "2026-11-23T10:00:00+08:00",
    number: "0193-aaaa",
    overtaken: "2026-11-24T10:00:00+08:00",
  };
  const later = { ...overtaken, id: "draft-3", number: "0193-bbbb", overtaken: null };
  const { user } = showApp(
    { page: "drafts" },
    {
      ...firm,
      "draft.list": () => ({ drafts: [later, overtaken] }),
      "draft.get": () => ({ ...SIGNED, line: overtaken, decision: null }),
    },
  );
  const row = (await screen.findByText("此后又签署了一份")).closest("tr") as HTMLElement;
  expect(row.textContent).toContain("档案编号 0193-aaaa");
  expect(row.textContent).toContain("2026-11-23 10:00");
  expect(screen.getByText("0193-bbbb").closest("tr")?.textContent).toContain("已签署");
  await expectAccessible();
  await user.click(row);
  expect((await screen.findByText(/又为同一事项/)).textContent).toContain("2026-11-24 10:00");
});

const ASKED = { id: "demand-1", text: "补交章程复印件", due: "2026-12-31", by: [] };

test("what is asked for beyond the checklist is a row, is missing until it is attached, and answers nothing else", async () => {
  const page = { ...DRAFT, beyond: [ASKED] };
  const { host, user } = showApp(draft, { ...firm, "draft.get": () => page });
  const row = (await screen.findByText("补交章程复印件")).closest("li") as HTMLElement;
  expect(screen.getByText("还有 2 项必需材料未备齐")).toBeDefined();
  for (const text of ["待补正", "2026-12-31", /清单以外的材料/])
    expect(within(row).getByText(text)).toBeDefined();
  host.choices.push(["/章程.pdf"]);
  await user.click(within(row).getByRole("button", { name: /附/ }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /附/ }));
  await waitFor(() =>
    expect(host.asked("draft.attach")[0]).toMatchObject({
      paths: ["/章程.pdf"],
      answers: [],
      demands: ["demand-1"],
    }),
  );
});

test("what a file is, is chosen already in a row of the checklist and has to be chosen elsewhere", async () => {
  const { host, user } = showApp(draft, firm);
  const buttons = await screen.findAllByRole("button", { name: /附加文件/ });
  const [inRow, apart] = [true, false].map((row) =>
    buttons.find((button) => (button.closest(".materials") !== null) === row),
  );
  host.choices.push(["/一.pdf"], ["/二.pdf"]);
  await user.click(apart as HTMLElement);
  const asked = await screen.findByRole("dialog");
  const attach = within(asked).getByRole("button", { name: "附加" }) as HTMLButtonElement;
  expect(attach.disabled).toBe(true);
  fireEvent.mouseDown(within(asked).getByRole("combobox"));
  await user.click((await screen.findAllByTitle("租赁合同")).at(-1) as HTMLElement);
  await user.click(attach);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.click(inRow as HTMLElement);
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "附加" }));
  await waitFor(() =>
    expect(host.asked("draft.attach")).toMatchObject([{ kind: "lease" }, { kind: "business_licence_scan" }]),
  );
});

test("what was attached for it stands in its row", async () => {
  const page = { ...DRAFT, beyond: [{ ...ASKED, by: ["章程.pdf"] }] };
  showApp(draft, { ...firm, "draft.get": () => page });
  const row = (await screen.findByText("补交章程复印件")).closest("li") as HTMLElement;
  expect(within(row).getByText("已备")).toBeDefined();
  expect(within(row).getByText("章程.pdf")).toBeDefined();
  expect(screen.getByText("还有 1 项必需材料未备齐")).toBeDefined();
});

/** The draft with what the destination asked for at the item that takes credentials only, and is otherwise ready. */
const askedThere = (by: string[]): DraftPage => ({
  ...DRAFT,
  items: DRAFT.items.map((item) => {
    const asked = item.item_id === "incubatee" ? [{ ...ASKED, by }] : [];
    const state = asked.length > 0 && by.length === 0 ? "asked" : "ready";
    return { ...item, asked, state };
  }),
});

test("a row that something was asked for takes a file, also where its item takes credentials only", async () => {
  const { host, user } = showApp(draft, { ...firm, "draft.get": () => askedThere([]) });
  const row = (await screen.findByText("待补正")).closest("li") as HTMLElement;
  expect(screen.queryByText("必需材料已备齐")).toBeNull();
  expect(screen.getByText("接收方要求补正的材料还有 1 项没有补")).toBeDefined();
  host.choices.push(["/说明.pdf"]);
  await user.click(within(row).getByRole("button", { name: /附加文件/ }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /附/ }));
  await waitFor(() =>
    expect(host.asked("draft.attach")[0]).toMatchObject({
      paths: ["/说明.pdf"],
      answers: [],
      demands: ["demand-1"],
    }),
  );
});

test("what was added for a demand is told in its row, and nothing is open any more", async () => {
  const { user } = showApp(draft, { ...firm, "draft.get": () => askedThere(["说明.pdf"]) });
  await user.click(await screen.findByText("材料", { selector: ".ant-steps-item-title" }));
  const row = (await screen.findByText("已补")).closest("li") as HTMLElement;
  expect(within(row).getByText("说明.pdf")).toBeDefined();
  expect(screen.getByText("必需材料已备齐")).toBeDefined();
  expect(screen.queryByText(/没有补/)).toBeNull();
  await expectAccessible();
});

test("the check and the page of signing tell what the destination still waits for", async () => {
  const { user } = showApp(draft, { ...firm, "draft.get": () => askedThere([]) });
  await user.click(await screen.findByText("签署与导出"));
  const note = await screen.findByText("接收方要求补正的材料还有 1 项没有补");
  expect(note.closest("[role=alert]")?.textContent).toContain("补交章程复印件");
  await user.click(screen.getByText("自检", { selector: ".ant-steps-item-title" }));
  await user.click(await screen.findByRole("button", { name: "开始自检" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "x{Enter}");
  expect((await screen.findByText(/还有 1 项没有补/)).closest("[role=alert]")?.textContent).toContain(
    "2026-12-31",
  );
});

test("an issuer that the register knows is named beside its code", async () => {
  showApp(draft, {
    ...firm,
    "trust.issuers": ({ text }) => ({
      issuers: [{ ...SONGJIANG, uscc: text, name: "合肥大学科技园【演示】" }],
      next: null,
    }),
  });
  const name = (await screen.findAllByText("合肥大学科技园【演示】"))[0] as HTMLElement;
  expect(name.parentElement?.textContent).toContain("91340100DEM0000228");
});

test("the progress tells the dossiers apart by their order and not by their ids", async () => {
  const [first, second] = ["0193-aaaa", "0193-bbbb"];
  const at = "2026-11-23T10:00:00+08:00";
  const page = {
    ...SIGNED,
    timeline: [
      { at, kind: "signed" as const, actor: "甲", note: first, told: null },
      { at: "2026-11-24T10:00:00+08:00", kind: "supplement" as const, actor: "甲", note: first, told: null },
      { at: "2026-11-25T10:00:00+08:00", kind: "signed" as const, actor: "甲", note: second, told: null },
    ],
  };
  showApp({ page: "draft", id: SIGNED.line.id }, { ...firm, "draft.get": () => page });
  expect(await screen.findAllByText("第 1 次签署的档案")).toHaveLength(2);
  expect(screen.getByText("第 2 次签署的档案").title).toBe(second);
  expect(document.body.textContent).not.toContain(first);
});

const DONE = DRAFT.items.map((item) => ({ ...item, state: "ready" as const }));
const NOT_STATED = DONE.map((item) => ({ ...item, to_state: ["rd_staff_at_destination_percent"] }));

test.each([
  ["基本信息", { ...DRAFT, fields: { ...DRAFT.fields, origin_region: "" } }],
  ["基本信息", { ...DRAFT, items: NOT_STATED }],
  ["材料", DRAFT],
  ["自检", { ...DRAFT, items: DONE }],
])("a dossier is taken up at the first step that is not finished: %s", async (title, page) => {
  showApp(draft, { ...firm, "draft.get": () => page });
  const steps = await screen.findByRole("navigation", { name: "步骤" });
  expect(steps.querySelector(".ant-steps-item-process")?.textContent).toContain(title);
});

test("of a credential it is said which of the things asked for it was added for, and of a file too", async () => {
  const page = { ...DRAFT, beyond: [ASKED, { ...ASKED, id: "demand-2", text: "审计报告" }] };
  const { host, user } = showApp(draft, { ...firm, "draft.get": () => page });
  const [credential, file] = await screen.findAllByRole("combobox", { name: "用于补正要求的哪一项" });
  fireEvent.mouseDown(credential as HTMLElement);
  await user.click(await screen.findByTitle("审计报告"));
  await waitFor(() =>
    expect(host.asked("draft.choose")[0]).toMatchObject({ answers: ["incubatee"], demands: ["demand-2"] }),
  );
  fireEvent.mouseDown(file as HTMLElement);
  await user.click((await screen.findAllByTitle("补交章程复印件")).at(-1) as HTMLElement);
  await waitFor(() =>
    expect(host.asked("draft.change_attachment")[0]).toMatchObject({ demands: ["demand-1"] }),
  );
});

test("once what was asked for is signed, the decision is told as that on the dossier before", async () => {
  const page = {
    ...SIGNED,
    line: { ...SIGNED.line, state: "signed" as const, outcome: null },
    decision: SUPPLEMENT,
    other_decisions: [],
  };
  showApp({ page: "draft", id: SIGNED.line.id }, { ...firm, "draft.get": () => page });
  expect(await screen.findByRole("heading", { name: "对上一次签署的档案的决定" })).toBeDefined();
  expect(screen.queryByText("需补充材料")).toBeNull();
});

test("a signed dossier says until when the firm's own statements in it hold", async () => {
  const page = { ...SIGNED, declared_until: "2020-01-02T10:00:00+08:00" };
  showApp({ page: "draft", id: SIGNED.line.id }, { ...firm, "draft.get": () => page });
  const row = (await screen.findByText("企业自述有效至")).parentElement as HTMLElement;
  expect(row.textContent).toContain("2020-01-02 10:00");
  expect(row.textContent).toContain("24 小时已过");
});

test("a template is filled from the draft and printed", async () => {
  const { host, user } = showApp(draft, firm);
  host.choices.push("/out/承诺书.pdf");
  await user.click(await screen.findByRole("button", { name: "打印模板" }));
  await user.click(await screen.findByText("真实性承诺书"));
  await waitFor(() =>
    expect(host.asked("draft.save_form")).toEqual([
      { form: "commitment", draft_id: DRAFT.line.id, path: "/out/承诺书.pdf", language: "zh" },
    ]),
  );
  expect(await screen.findByText("/out/承诺书.pdf")).toBeDefined();
});
