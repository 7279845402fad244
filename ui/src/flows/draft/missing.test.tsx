import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ClaimField, DraftItem, DraftPage } from "../../gen/wire";
import { DESTINATIONS, DRAFT } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import type { Answers } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const firm = sessionOf(session({ profile: FIRM }));
const STARRED: ClaimField[] = DRAFT.fact_fields.map((field) => ({ ...field, required: true }));

const shown = (page: DraftPage, own: Answers = {}) =>
  showApp({ page: "draft", id: DRAFT.line.id }, { ...firm, "draft.get": () => page, ...own });

const step = (name: string) => screen.getByText(name, { selector: ".ant-steps-item-title" });
const current = () => document.querySelector(".ant-steps-item-process")?.textContent;
const bare = { ...DRAFT, fact_fields: STARRED, fields: { ...DRAFT.fields, name: " ", origin_region: "" } };

test("the next step waits for the starred fields, says so beside each, and leads to the first", async () => {
  const { user } = shown(bare);
  await user.click(await screen.findByText("基本信息"));
  expect(screen.queryByText("必填，请填写")).toBeNull();
  await user.click(screen.getByRole("button", { name: "下一步" }));
  expect(screen.getAllByText("必填，请填写")).toHaveLength(3);
  const name = screen.getByRole("textbox", { name: /现在的企业名称/ });
  expect(document.activeElement).toBe(name);
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect(current()).toContain("基本信息");
  await expectAccessible();
  await user.type(name, "合肥星河【演示】");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(document.activeElement).toBe(screen.getByRole("combobox", { name: /迁出地区/ }));
  expect(screen.getAllByText("必填，请填写")).toHaveLength(2);
});

test("with every starred field filled in the next step is there", async () => {
  const { user } = shown(DRAFT);
  await user.click(await screen.findByText("基本信息"));
  await user.click(screen.getByRole("button", { name: "下一步" }));
  expect(current()).toContain("材料");
});

test("before signing, a field that is missing leads to itself", async () => {
  const { user } = shown(bare);
  await user.click(await screen.findByText("签署与导出"));
  const note = (await screen.findByText("基本信息还有 3 项必填的没有填")).closest(
    ".ant-alert",
  ) as HTMLElement;
  await user.click(within(note).getByRole("button", { name: "在迁入地的研发人员占比" }));
  const field = await screen.findByRole("spinbutton", { name: /研发人员占比/ });
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.getAttribute("aria-invalid")).toBe("true");
});

test("before signing, an item that is open leads to its row, and so does what was asked for beyond the checklist", async () => {
  const demand = { id: "d1", text: "补交章程复印件", due: "2026-12-31", by: [] };
  const { user } = shown({ ...DRAFT, beyond: [demand] });
  await user.click(await screen.findByText("签署与导出"));
  for (const name of ["营业执照", "补交章程复印件"]) {
    await user.click(await screen.findByRole("button", { name }));
    const row = (await screen.findByText(name, { selector: ".material-head *" })).closest("li");
    await waitFor(() => expect(document.activeElement).toBe(row));
    await expectAccessible();
    await user.click(step("签署与导出"));
  }
});

test("what was typed and not saved yet is there again after another step", async () => {
  const { user } = shown(DRAFT, { "draft.save": () => new Promise(() => {}) });
  await user.click(await screen.findByText("基本信息"));
  await user.type(screen.getByRole("textbox", { name: /档案名称/ }), "二");
  await user.click(step("材料"));
  await user.click(step("基本信息"));
  expect(screen.getByDisplayValue(`${DRAFT.fields.title}二`)).toBeDefined();
});

test("a finding of the self-check leads to the item that it is about", async () => {
  const [first, ...others] = DRAFT.items;
  const { user } = shown({ ...DRAFT, items: [{ ...first, item_id: "quality" } as DraftItem, ...others] });
  await user.click(await screen.findByText("自检"));
  await user.click(await screen.findByRole("button", { name: "开始自检" }));
  await user.type(within(await screen.findByRole("dialog")).getByLabelText(/口令/), "口令{Enter}");
  await user.click(await screen.findByRole("button", { name: "去看“管理体系认证”这一项" }));
  expect(current()).toContain("材料");
  await waitFor(() => expect(document.activeElement?.id).toBe("draft-item-quality"));
});

test("a destination with several places asks for one before it begins, and leads there", async () => {
  const several = DESTINATIONS.map((one) => ({ ...one, region_codes: ["310117", "310115"] }));
  const { host, user } = showApp(
    { page: "begin" },
    { ...firm, "draft.destinations": () => ({ destinations: several }) },
  );
  await user.click(await screen.findByRole("button", { name: "开始准备" }));
  expect(screen.getByText("必填，请填写")).toBeDefined();
  expect(document.activeElement).toBe(screen.getByRole("combobox", { name: /迁入地区/ }));
  expect(host.asked("draft.begin")).toEqual([]);
  await expectAccessible();
});
