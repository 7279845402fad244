import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { session, answers as sessionOf } from "../../test/data/session";
import { BAD_FILE, NO_TRUST, answers as trustOf } from "../../test/data/trust";
import { expectAccessible, showApp } from "../../test/render";

const start = { page: "trust", from: null } as const;
const FILE = "/demo/长三角信任数据-20261123【演示】.zztrust";
const bare = () => ({ ...sessionOf(session({ trust: NO_TRUST.summary })), ...trustOf(NO_TRUST) });

test("the page tells the age, the root, the rules, what is disabled and the status lists", async () => {
  showApp(start);
  expect(await screen.findByRole("heading", { level: 2, name: "数据截至" })).toBeDefined();
  const groups = within(screen.getByRole("list", { name: "根指纹" })).getAllByRole("listitem");
  expect(groups.map(({ textContent }) => textContent)).toEqual(session().trust.root?.split(" "));
  expect(await screen.findByText("浙江省")).toBeDefined();
  expect(screen.getByText("松江异地经营材料清单")).toBeDefined();
  expect(screen.getByText("9 天前")).toBeDefined();
  expect(screen.getAllByText(/13 家签发方/)).toHaveLength(1);
  await expectAccessible();
});

test("the first import keeps nothing before the root was compared with the paper", async () => {
  const { user, host } = showApp(start, bare());
  host.choices.push(FILE);
  await user.click(await screen.findByRole("button", { name: /导入信任数据/ }));
  const dialog = await screen.findByRole("dialog", { name: "首次导入：请确认根指纹" });
  const confirm = within(dialog).getByRole<HTMLButtonElement>("button", { name: "确认并导入" });
  expect(confirm.disabled).toBe(true);
  await expectAccessible();
  await user.click(within(dialog).getByRole("checkbox"));
  await user.click(confirm);
  expect(await screen.findByText("信任数据已导入")).toBeDefined();
  expect(host.asked("trust.import").map(({ confirmed_root }) => confirmed_root)).toEqual([
    null,
    session().trust.root,
  ]);
});

test("who does not confirm the root imports nothing", async () => {
  const { user, host } = showApp(start, bare());
  host.choices.push(FILE);
  await user.click(await screen.findByRole("button", { name: /导入信任数据/ }));
  const dialog = await screen.findByRole("dialog", { name: /确认根指纹/ });
  await user.click(within(dialog).getByRole("button", { name: "取消" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByText("还没有信任数据")).toBeDefined();
  expect(host.asked("trust.import")).toHaveLength(1);
});

test("a later import says how many cases were judged again and how many moved", async () => {
  const { user, host } = showApp(start);
  host.choices.push(FILE);
  await user.click(await screen.findByRole("button", { name: /导入信任数据/ }));
  expect(await screen.findByText(/重新判断了 7 件/)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "查看变化" }));
  expect(await screen.findByRole("heading", { level: 1 })).toBeDefined();
});

test("a package that is dropped on the page is imported; a dossier is still verified", async () => {
  const { host } = showApp(start);
  await screen.findByRole("heading", { level: 2, name: "数据截至" });
  act(() => host.drop.dropped([FILE]));
  await waitFor(() => expect(host.asked("trust.import")).toEqual([{ path: FILE, confirmed_root: null }]));
  act(() => host.drop.dropped(["/demo/合肥星河.zzdossier"]));
  expect(await screen.findByRole("heading", { name: "有条件通过" })).toBeDefined();
});

test("a package that is dropped elsewhere comes to this page", async () => {
  const { host } = showApp({ page: "verify", path: null });
  await screen.findByRole("button", { name: "选择档案…" });
  act(() => host.drop.dropped([FILE]));
  expect(await screen.findByText("信任数据已导入")).toBeDefined();
  expect(host.asked("trust.import")).toHaveLength(1);
});

test("a package that is refused changes nothing and says why", async () => {
  const { user, host } = showApp(start);
  host.choices.push(BAD_FILE);
  await user.click(await screen.findByRole("button", { name: "导入文件夹…" }));
  expect(await screen.findByText("TRUST-SIGNATURE")).toBeDefined();
  expect(screen.getByText("松江异地经营材料清单")).toBeDefined();
});

test("data past their end are said in words", async () => {
  const old = { ...session().trust, expired: true };
  showApp(start, {
    ...sessionOf(session({ trust: old })),
    ...trustOf({ ...NO_TRUST, summary: old }),
  });
  expect(await screen.findByText(/信任数据已过有效期/)).toBeDefined();
  expect(screen.getByText("没有互认规则")).toBeDefined();
  expect(screen.getByText("没有吊销名单")).toBeDefined();
  await expectAccessible();
});

test("the register is asked for page by page, and an issuer shows its fingerprints", async () => {
  const { user, host } = showApp({ page: "issuers" });
  const name = await screen.findByText("松江科创孵化器【演示】", { selector: "td *" });
  expect(host.asked("trust.issuers")[0]).toEqual({ text: "", after: null, limit: 50 });
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
  await user.click(name);
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getAllByRole("list", { name: "根指纹" })).toHaveLength(1);
  await expectAccessible();
});

test("a search without a result says what to try", async () => {
  const { user } = showApp({ page: "issuers" });
  await user.type(await screen.findByLabelText("名称、拼音或代码"), "没有这一家{Enter}");
  expect(await screen.findByText("名录中没有找到")).toBeDefined();
});

test("a rule pack is read: what it asks for, what counts as what, and on what that rests", async () => {
  const { user } = showApp({ page: "trust", from: null });
  await user.click(await screen.findByRole("button", { name: "查看规则内容：上海市松江区" }));
  expect(await screen.findByRole("heading", { name: "上海市松江区互认规则" })).toBeDefined();
  const list = screen.getByRole("region", { name: "松江异地经营材料清单" });
  const licence = within(list).getByRole("row", { name: /^营业执照/ });
  for (const said of [
    "必需",
    "凭证：营业执照",
    "附件：营业执照扫描件",
    "有其一即可",
    "经营状态须为存续",
    /第十条/,
  ])
    expect(within(licence).getByText(said)).toBeDefined();
  expect(within(within(list).getByRole("row", { name: /^场地证明/ })).getByText("视情况")).toBeDefined();
  const rules = screen.getByRole("region", { name: "外地资质在当地怎样认可" });
  const certificate = within(rules).getByRole("row", { name: /^在孵企业证明/ });
  for (const said of [
    "安徽省、长三角三省一市",
    "异地经营",
    "等效互认",
    "相当于当地的毕业企业证明",
    "须补充：场地合同",
  ])
    expect(within(certificate).getByText(said)).toBeDefined();
  expect(within(rules).getByRole("row", { name: /^高新技术企业证书/ }).textContent).toContain("全部");
});
