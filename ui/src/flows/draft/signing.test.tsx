import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { DraftPage } from "../../gen/wire";
import { DECISION } from "../../test/data/cases";
import { DRAFT, SIGNED, SIGNING } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { expectAccessible, showApp } from "../../test/render";

const firm = sessionOf(session({ profile: FIRM }));
/** A dossier that was accepted with conditions. */
const CONDITIONAL: DraftPage = {
  ...SIGNED,
  line: { ...SIGNED.line, state: "decided", outcome: "accepted_with_conditions" },
  decision: DECISION,
};
const draft = { page: "draft", id: DRAFT.line.id } as const;

test("before the destination decides, another dossier begins with what this one has", async () => {
  const waiting = {
    ...SIGNED,
    line: { ...SIGNED.line, state: "signed" as const, outcome: null },
    decision: null,
  };
  const { host, user } = showApp(
    { page: "draft", id: waiting.line.id },
    {
      ...firm,
      "draft.get": () => waiting,
      "draft.again": () => ({ ...DRAFT, line: { ...DRAFT.line, id: "draft-9" } }),
    },
  );
  await user.click(await screen.findByRole("button", { name: "按补正要求再做一份…" }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("REPLAY");
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "再做一份" }));
  await waitFor(() => expect(host.asked("draft.again")).toEqual([{ id: waiting.line.id }]));
  await waitFor(() => expect(host.asked("draft.get").at(-1)).toEqual({ id: "draft-9" }));
});

test("a dossier accepted with conditions says what to do, and another begins to meet them", async () => {
  const { host, user } = showApp(
    { page: "draft", id: SIGNED.line.id },
    {
      ...firm,
      "draft.get": ({ id }) =>
        id === SIGNED.line.id
          ? CONDITIONAL
          : { ...DRAFT, line: { ...DRAFT.line, id }, decision: CONDITIONAL.decision },
      "draft.again": () => ({ ...DRAFT, line: { ...DRAFT.line, id: "draft-9" } }),
    },
  );
  expect(await screen.findByText("对方有条件认可，请按条件补交材料")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "补交材料，再做一份…" }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("决定的条件列在“材料”一步");
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "再做一份" }));
  await waitFor(() => expect(host.asked("draft.again")).toEqual([{ id: SIGNED.line.id }]));
  expect(await screen.findByText("对上一次签署的档案的决定")).toBeDefined();
  expect(screen.queryByText("对方有条件认可，请按条件补交材料")).toBeNull();
});

test("a dossier that was accepted as it is offers no other", async () => {
  const decision = CONDITIONAL.decision && { ...CONDITIONAL.decision, outcome: "accepted" as const };
  showApp(
    { page: "draft", id: SIGNED.line.id },
    { ...firm, "draft.get": () => ({ ...CONDITIONAL, decision }) },
  );
  await screen.findByRole("button", { name: "导入决定" });
  expect(screen.queryByRole("button", { name: /再做一份/ })).toBeNull();
});

test("the progress of a dossier says that decisions came, not that they were made here", async () => {
  const at = "2026-11-25T10:00:00+08:00";
  const timeline = (["supplement", "decided"] as const).map((kind) => ({
    at,
    kind,
    actor: "何静",
    note: null,
    told: null,
  }));
  showApp({ page: "draft", id: SIGNED.line.id }, { ...firm, "draft.get": () => ({ ...SIGNED, timeline }) });
  expect(await screen.findByText(/^收到决定：需补充材料/)).toBeDefined();
  expect(screen.getByText(/收到决定(?!：)/)).toBeDefined();
  expect(screen.queryByText(/作出决定/)).toBeNull();
});

test("before they are signed, attachments are told by what they are and answer, and can be looked at", async () => {
  const lease = DRAFT.attachments[0] as DraftPage["attachments"][number];
  const [licence] = DRAFT.items;
  const page = { ...DRAFT, attachments: [{ ...lease, answers: [licence?.item_id ?? ""] }] };
  const { user } = showApp(draft, {
    ...firm,
    "draft.get": () => page,
    "draft.signing_page": () => ({ ...SIGNING, attachments: [lease.view] }),
  });
  await user.click(await screen.findByText("签署与导出"));
  const row = (await screen.findByText("lease.pdf")).closest("li") as HTMLElement;
  for (const told of ["租赁合同", `用于：${licence?.title.zh}`, "PDF 文件"])
    expect(row.textContent).toContain(told);
  await user.click(within(row).getByRole("button", { name: "查看 lease.pdf" }));
  expect(await screen.findByRole("complementary", { name: "正在查看的附件" })).toBeDefined();
  await expectAccessible();
});

test("whoever attaches files sees which", async () => {
  const { host, user } = showApp(draft, { ...firm, "draft.get": () => DRAFT });
  host.choices.push(["/media/u/租赁合同.pdf"]);
  await user.click((await screen.findAllByRole("button", { name: /附加文件/ }))[0] as HTMLElement);
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("租赁合同.pdf")).toBeDefined();
});

test("a file of a kind that no item takes answers none unless somebody says so", async () => {
  const [lease] = DRAFT.attachments as [DraftPage["attachments"][number]];
  const scan = { ...lease, view: { ...lease.view, path: "scan", kind: "business_licence_scan" } };
  showApp(draft, { ...firm, "draft.get": () => ({ ...DRAFT, attachments: [lease, scan] }) });
  expect(await screen.findByText("对应的清单项（不选则不对应任何一项）")).toBeDefined();
  expect(screen.getByText("对应的清单项（不选则按文件种类对应）")).toBeDefined();
});
