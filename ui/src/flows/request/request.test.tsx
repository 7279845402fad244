import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { inDays } from "../../parts/clock";
import { DESTINATIONS, REQUEST } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const firm = sessionOf(session({ profile: FIRM }));

test("a request that came is answered with a dossier; one that is over is not", async () => {
  const { host, user } = showApp({ page: "requests" }, firm);
  await screen.findByText("待答复");
  await expectAccessible();
  await user.click(screen.getByText("已过期"));
  expect(host.asked("draft.begin")).toEqual([]);
  await user.click(screen.getByText("待答复"));
  await waitFor(() => expect(host.asked("draft.begin")[0]?.request_id).toBe("request-1"));
});

test("a row that cannot be answered any more says why, or leads to the dossier that answered it", async () => {
  const answered = { ...REQUEST, id: "request-3", answered: true, draft_id: "draft-1" };
  const gone = { ...answered, id: "request-4", draft_id: null, other: "余杭孵化器【演示】" };
  const { host, user } = showApp(
    { page: "requests" },
    {
      ...firm,
      "request.list": () => ({ requests: [{ ...REQUEST, id: "request-2", over: true }, gone, answered] }),
      "request.import": () => answered,
    },
  );
  await user.click(await screen.findByText("已过期"));
  expect(screen.getByText(/答复期限已过/)).toBeDefined();
  await user.click(screen.getByText("余杭孵化器【演示】"));
  expect(screen.getByText(/答复它的档案不在本机/)).toBeDefined();
  host.choices.push("/again.zzrequest");
  await user.click(screen.getByRole("button", { name: "导入请求" }));
  expect(await screen.findByText(/早已收下，也答复过/)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getAllByText("已答复")[1] as HTMLElement);
  await waitFor(() => expect(host.asked("draft.get")[0]).toEqual({ id: "draft-1" }));
  expect(host.asked("draft.begin")).toEqual([]);
});

test.each([
  ["/a.zzrequest", "request.import"],
  ["/a.zzdecision", "draft.import_decision"],
] as const)("%s that was double-clicked is taken in", async (path, command) => {
  const { host } = showApp({ page: "requests", from: path }, firm);
  await waitFor(() => expect(host.asked(command)).toEqual([{ path }]));
});

test("a credential that was taken for a decision is told as one and goes where it belongs", async () => {
  const { host, user } = showApp(
    { page: "requests" },
    {
      ...firm,
      "draft.import_decision": () => refused("DECISION-TYPE", "这个文件是凭证，但不是互认决定。"),
    },
  );
  host.choices.push("/甲.zzdecision");
  await user.click(await screen.findByRole("button", { name: "导入决定" }));
  expect((await screen.findByRole("alert")).textContent).toContain("是凭证");
  await user.click(screen.getByRole("button", { name: "导入到资质凭证" }));
  await waitFor(() => expect(host.asked("hold.import")).toEqual([{ paths: ["/甲.zzdecision"] }]));
});

test("a decision under another ending is taken in as what it is", async () => {
  const { host } = showApp({ page: "requests", from: "/a.zzcred", as: "zzdecision" }, firm);
  await waitFor(() => expect(host.asked("draft.import_decision")).toEqual([{ path: "/a.zzcred" }]));
});

test("an incubator's request is signed and written", async () => {
  const { host, user } = showApp({ page: "newRequest" });
  await user.type(await screen.findByRole("textbox", { name: /只请这家企业答复/ }), "91340100DEM000014D");
  host.choices.push("/q.zzrequest");
  await user.click(screen.getByRole("button", { name: "签名并保存" }));
  const dialog = await screen.findByRole("dialog");
  // What is signed stands above the passphrase: by which list, of whom, until when.
  const value = (name: string) => within(dialog).getByText(name).nextElementSibling?.textContent;
  expect(value("材料清单")).toContain("异地经营");
  expect(value("只请这家企业答复")).toContain(FIRM.name);
  expect(value("只请这家企业答复")).toContain("91340100DEM000014D");
  expect(value("答复期限")).toBe(inDays(30));
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  await waitFor(() =>
    expect(host.asked("request.new")[0]).toMatchObject({
      firm: "91340100DEM000014D",
      days: 30,
      checklist_id: "SJ-BRANCH",
      path: "/q.zzrequest",
    }),
  );
  // It was made: what would make it once more is gone until another one is begun.
  expect(await screen.findByRole("heading", { name: "已保存请求" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "签名并保存" })).toBeNull();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "再建一份" }));
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: /只请这家企业答复/ }).value).toBe("");
  expect(screen.getByRole("button", { name: "签名并保存" })).toBeDefined();
});

test("a deadline that cannot be is told and not changed without a word", async () => {
  const { host, user } = showApp({ page: "newRequest" });
  const days = await screen.findByRole<HTMLInputElement>("spinbutton", { name: /期限/ });
  await user.clear(days);
  await user.type(days, "3650");
  host.choices.push("/q.zzrequest");
  await user.click(screen.getByRole("button", { name: "签名并保存" }));
  expect(days.value).toBe("3650");
  expect(screen.getByText("请填写 1 至 365 之间的天数")).toBeDefined();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(host.choices).toEqual(["/q.zzrequest"]);
});

test("a code that is none is told before a file and a passphrase are asked for", async () => {
  const { host, user } = showApp({ page: "newRequest" });
  const code = await screen.findByRole("textbox", { name: /只请这家企业答复/ });
  await user.type(code, "91340100DEM000014X");
  expect(await screen.findByText(/最后一位应为/)).toBeDefined();
  host.choices.push("/q.zzrequest");
  await user.click(screen.getByRole("button", { name: "签名并保存" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(host.choices).toEqual(["/q.zzrequest"]);
  expect(document.activeElement).toBe(code);
  expect(screen.getByText("这不是统一社会信用代码，请核对，或留空")).toBeDefined();
  await expectAccessible();
  await user.clear(code);
  await user.click(screen.getByRole("button", { name: "签名并保存" }));
  expect(await screen.findByRole("dialog")).toBeDefined();
});

test("staff print a blank template", async () => {
  const { host, user } = showApp({ page: "requests" });
  host.choices.push("/out/授权书.pdf");
  await user.click(await screen.findByRole("button", { name: "打印空白模板" }));
  await user.click(await screen.findByText("授权书"));
  await waitFor(() =>
    expect(host.asked("draft.save_form")).toEqual([
      { form: "authorisation", draft_id: null, path: "/out/授权书.pdf", language: "zh" },
    ]),
  );
  expect(await screen.findByText("/out/授权书.pdf")).toBeDefined();
});

test("a desk asks by rule packs of its own region, and is told before anything is asked where there is none", async () => {
  const elsewhere = DESTINATIONS.map((one) => ({ ...one, own: false }));
  const { host } = showApp(
    { page: "newRequest" },
    { ...firm, "draft.destinations": () => ({ destinations: elsewhere }) },
  );
  expect(await screen.findByText(/导入本省最新的信任数据/)).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "签名并保存" }).disabled).toBe(true);
  expect(host.asked("request.new")).toEqual([]);
  await expectAccessible();
});
