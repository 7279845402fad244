import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { LeftOut } from "../../gen/wire";
import { FIRMS, firm, ROSTER } from "../../test/data/register";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

test("the register is read page by page and searched by the program", async () => {
  const { host, user } = showApp({ page: "register" });
  expect(await screen.findByText(`共 ${FIRMS} 家`)).toBeDefined();
  const row = (await screen.findByText("合肥砚田智能有限公司【演示】3")).closest("tr") as HTMLElement;
  expect(within(row).getByText("缺")).toBeDefined();
  await user.type(screen.getByRole("textbox", { name: "企业" }), "云栈{Enter}");
  await waitFor(() => expect(host.asked("register.list").at(-1)?.text).toBe("云栈"));
  await expectAccessible();
});

test("a firm is changed as a whole, and what the form does not show stays", async () => {
  const { host, user } = showApp({ page: "firm", id: "firm-1" });
  const name = await screen.findByRole("textbox", { name: /企业名称/ });
  await user.clear(name);
  await user.type(name, "合肥新名有限公司【演示】");
  await user.click(screen.getByRole("button", { name: /保\s?存/ }));
  await waitFor(() => expect(host.asked("register.save")).toHaveLength(1));
  const saved = host.asked("register.save")[0];
  expect(saved?.name).toBe("合肥新名有限公司【演示】");
  expect(saved?.former_names).toHaveLength(1);
  expect(saved?.agreement_no).toBe("HFUSP-XY-1");
});

test("a firm's key comes out of the file that is chosen", async () => {
  const { host, user } = showApp({ page: "firm", id: "firm-3" });
  const choose = await screen.findByRole("button", { name: "选择公钥文件…" });
  await expectAccessible();
  await user.click(choose);
  expect(host.asked("register.read_key")).toEqual([]);
  host.choices.push("/u/合肥星河.jwk");
  await user.click(choose);
  expect(await screen.findByDisplayValue('{"kty":"EC","crv":"P-256"}')).toBeDefined();
  expect(host.asked("register.read_key")).toEqual([{ path: "/u/合肥星河.jwk" }]);
  await user.click(screen.getByRole("button", { name: /保\s?存/ }));
  await waitFor(() => expect(host.asked("register.save")[0]?.holder_jwk).toBe('{"kty":"EC","crv":"P-256"}'));
});

test("a file without a key leaves what stood there and says why", async () => {
  const { host, user } = showApp(
    { page: "firm", id: "firm-1" },
    { "register.read_key": () => refused("KEY-HOLDER", "文件中没有可用的密钥") },
  );
  host.choices.push("/u/协议.pem");
  await user.click(await screen.findByRole("button", { name: "选择公钥文件…" }));
  expect(await screen.findByText("KEY-HOLDER")).toBeDefined();
  expect(screen.getByDisplayValue('{"kty":"EC"}')).toBeDefined();
});

test("a refused firm keeps what was typed and says why", async () => {
  const { user } = showApp(
    { page: "firm", id: null },
    {
      "register.save": () => refused("REGISTER-USCC", "统一社会信用代码的校验码不符"),
    },
  );
  await user.type(await screen.findByRole("textbox", { name: /企业名称/ }), "某公司【演示】");
  await user.click(screen.getByRole("button", { name: /保\s?存/ }));
  expect(await screen.findByText("REGISTER-USCC")).toBeDefined();
  expect(screen.getByDisplayValue("某公司【演示】")).toBeDefined();
  await expectAccessible();
  await user.type(screen.getByRole("textbox", { name: /企业名称/ }), "二");
  expect(screen.queryByText("REGISTER-USCC")).toBeNull();
});

test("every bad cell is shown before anything is written", async () => {
  let imported = false;
  const { host, user } = showApp(
    { page: "roster", path: "/r.xlsx" },
    {
      "register.preview": () => (imported ? { ...ROSTER, new: 0, same: 1 } : ROSTER),
      "register.import": () => {
        imported = true;
        return { new: 1, changed: 0, refused: 1 };
      },
    },
  );
  for (const { problem } of ROSTER.problems) expect(await screen.findByText(problem.zh)).toBeDefined();
  expect(host.asked("register.import")).toEqual([]);
  // Both are cells of one row, which is left out once.
  const table = screen.getByRole("table", { name: "有问题的行（1）" });
  expect(within(table).getAllByText("该行不导入")).toHaveLength(1);
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "导入 1 家" }));
  expect(await screen.findByText("已新增 1 家，更新 0 家")).toBeDefined();
  expect(host.asked("register.import")).toEqual([{ id: ROSTER.id }]);
  // Read again, the table has nothing new; what was imported stays on the page.
  await waitFor(() => expect(host.asked("register.preview").length).toBeGreaterThan(1));
  expect(screen.getByText("新增").nextSibling?.textContent).toBe("1");
  expect(screen.queryByRole("combobox")).toBeNull();
});

test("where only a cell is left out, that is said of it and not that it is imported", async () => {
  const cell = (row: number, left_out: LeftOut) => ({
    row,
    column: 1,
    text: "3",
    problem: { zh: `第${row}行`, en: "odd" },
    left_out,
  });
  const problems = [cell(2, "nothing"), cell(3, "nothing"), cell(3, "cell"), cell(4, "cell"), cell(4, "row")];
  showApp({ page: "roster", path: "/r.xlsx" }, { "register.preview": () => ({ ...ROSTER, problems }) });
  const table = await screen.findByRole("table", { name: "有问题的行（3）" });
  const rows = within(table).getAllByRole("row").slice(1);
  const effects = rows.map((row) => within(row).getAllByRole("cell").at(-1)?.textContent);
  expect(effects).toEqual(["仍导入", "该格不导入", "该行不导入"]);
});

test("of any number of bad cells each is reached and says what is wrong", async () => {
  const problem = { zh: "没有这一天", en: "there is no such day" };
  const problems = Array.from({ length: 250 }, (_, n) => ({
    row: n + 2,
    column: 2,
    text: `2024-13-${n}`,
    problem,
    left_out: "row" as const,
  }));
  showApp(
    { page: "roster", path: "/r.xlsx" },
    { "register.preview": () => ({ ...ROSTER, problems, refused: 250 }) },
  );
  const table = await screen.findByRole("table", { name: "有问题的行（250）" });
  expect(table.getAttribute("aria-rowcount")).toBe("251");
  const scroll = table.closest(".windowed-scroll") as HTMLElement;
  scroll.scrollTop = 250 * 100;
  fireEvent.scroll(scroll);
  const last = (await within(table).findByText("2024-13-249")).closest("tr") as HTMLElement;
  expect(within(last).getByText("251")).toBeDefined();
  expect(within(last).getByText("没有这一天").closest(".clamped")).not.toBeNull();
});

test("a column that was guessed wrong is mapped by hand and the table is read again", async () => {
  const { host, user } = showApp({ page: "roster", path: "/r.xlsx" });
  await user.click(await screen.findByRole("combobox", { name: "备注 一列对应" }));
  const list = await screen.findByRole("listbox");
  await user.click(within(list.parentElement ?? list).getByTitle("技术领域"));
  await waitFor(() => expect(host.asked("register.preview")).toHaveLength(2));
  expect(host.asked("register.preview")[1]?.mapping?.[3]).toEqual({ column: 3, field: "field" });
});

test("what was typed about a firm and not saved is there again, and can be dropped", async () => {
  const { user } = showApp({ page: "register" });
  const open = async () => {
    await user.click(await screen.findByText("合肥星河量子传感有限公司【演示】5"));
    return await screen.findByRole<HTMLInputElement>("textbox", { name: "联系人" });
  };
  const first = await open();
  const before = first.value;
  await user.type(first, "改");
  await user.click(screen.getByRole("button", { name: /^在园企业名册/ }));
  expect((await open()).value).toBe(`${before}改`);
  await user.click(screen.getByRole("button", { name: "放弃修改" }));
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "联系人" }).value).toBe(before);
});

test("a key that another firm has is told with that firm's name, and may be kept all the same", async () => {
  const warning = { zh: "公钥与名册中“甲公司【演示】（9134）”的相同", en: "the same key" };
  const { host, user } = showApp(
    { page: "firm", id: "firm-3" },
    { "register.fingerprint": () => ({ text: "0a1b", warning }) },
  );
  const key = await screen.findByRole("textbox", { name: /企业公钥/ });
  await user.clear(key);
  await user.type(key, "1");
  expect((await screen.findByText(/甲公司【演示】/)).closest("[role=alert]")).not.toBeNull();
  expect(host.asked("register.fingerprint").at(-1)).toMatchObject({ jwk: "1" });
  await user.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(host.asked("register.save")).toHaveLength(1));
});

test("whether research is on site is yes, no, or not said, each in words", async () => {
  const unsaid = { ...firm(3), rd_on_site: null };
  const { host, user } = showApp({ page: "firm", id: "firm-3" }, { "register.get": () => unsaid });
  const field = await screen.findByRole("combobox", { name: "主要研发场所" });
  expect(field.closest(".field")?.textContent).toContain("请选择");
  await user.click(field);
  await user.click(await screen.findByTitle("不在本孵化器场地内"));
  await user.click(screen.getByRole("button", { name: /保\s?存/ }));
  await waitFor(() => expect(host.asked("register.save")[0]?.rd_on_site).toBe(false));
});

test("the region of a firm may stay empty, and the form says what is signed then", async () => {
  showApp({ page: "firm", id: "firm-3" });
  const region = await screen.findByRole("combobox", { name: "所在地区" });
  expect(region.closest(".field")?.querySelector(".required")).toBeNull();
  expect(screen.getByText("不填时，签发的凭证写本单位所在地区。")).toBeDefined();
});
