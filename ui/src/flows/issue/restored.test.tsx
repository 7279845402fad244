import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { issuedLine } from "../../test/data/issue";
import { refusal, refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const RESTORED = {
  at: "2026-11-23T10:00:00+08:00",
  made: "2026-11-20T09:00:00+08:00",
  lists: [
    {
      uri: "urn:zizhitong:status:91310117DEM000030B:1",
      known_until: "2026-11-20T08:00:00+08:00",
      not_valid: 2,
      in_trust: null as string | null,
    },
  ],
  numbers: true,
  series: [] as string[],
  unknown: false,
  next_case: "收〔2026〕1001",
};

const LIST = {
  uri: "urn:zizhitong:status:91310117DEM000030B:1",
  signed_at: "2026-11-22T08:00:00+08:00",
  made: "2026-11-20T18:00:00+08:00",
  sha256: "ab".repeat(32),
  adds: [],
  unknown: 2,
};

function restoring() {
  let open = RESTORED;
  return {
    "issue.after_restore": () => open,
    "issue.read_lists": ({ path }: { path: string | null }) =>
      path === "/old.jwt" ? refused("STATUS-OLDER", "是做备份之前签的名单") : { lists: [LIST] },
    "issue.settle": () => {
      open = { ...open, lists: [] };
      return open;
    },
  };
}

test("after a restore the lists are settled by the last exported file, once it was read and confirmed", async () => {
  const { host, user } = showApp({ page: "issued" }, restoring());
  expect(await screen.findByText(/1 份吊销名单还没有核对/)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "核对吊销名单" }));
  const dialog = await screen.findByRole("dialog");
  const choose = within(dialog).getByRole("button", { name: /选择最后一次导出/ });
  host.choices.push("/old.jwt");
  await user.click(choose);
  expect(await within(dialog).findByText("STATUS-OLDER")).toBeDefined();
  host.choices.push("/last.jwt");
  await user.click(choose);
  expect(await screen.findByText("2 份撤销、暂停或注销")).toBeDefined();
  const confirm = await screen.findByRole("dialog");
  expect(host.asked("issue.settle")).toEqual([]);
  expect(host.endings.at(-1)).toEqual(["jwt", "zztrust"]);
  await expectAccessible();
  await user.type(within(confirm).getByLabelText(/口令/), "口令{Enter}");
  expect(await screen.findByText(/都已核对/)).toBeDefined();
  expect(host.asked("issue.settle")).toEqual([
    { read: { path: "/last.jwt", sha256: [LIST.sha256] }, since: [], reason: null, passphrase: "口令" },
  ]);
  expect(screen.queryByText(/还没有核对/)).toBeNull();
});

test("nothing is stated while credentials may be missing that could not be named", async () => {
  const { user } = showApp(
    { page: "issued" },
    { ...restoring(), "issue.after_restore": () => ({ ...RESTORED, at: null, made: null, unknown: true }) },
  );
  await user.click(await screen.findByRole("button", { name: "核对吊销名单" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText(/请先补登并确认/)).toBeDefined();
  expect(within(dialog).queryByRole("button", { name: /没有别的变动|有别的变动/ })).toBeNull();
});

test("trust data that hold a newer list settle it without a file", async () => {
  const [list] = RESTORED.lists;
  const offered = {
    ...RESTORED,
    lists: [{ ...(list as (typeof RESTORED.lists)[0]), in_trust: LIST.signed_at }],
  };
  const { host, user } = showApp(
    { page: "issued" },
    { ...restoring(), "issue.after_restore": () => offered },
  );
  await user.click(await screen.findByRole("button", { name: "核对吊销名单" }));
  await expectAccessible();
  await user.click(await screen.findByRole("button", { name: "用信任数据中的名单…" }));
  const confirm = await screen.findByRole("dialog");
  await user.type(await within(confirm).findByLabelText(/口令/), "口令{Enter}");
  await waitFor(() =>
    expect(host.asked("issue.settle")[0]?.read).toEqual({ path: null, sha256: [LIST.sha256] }),
  );
  expect(host.asked("issue.read_lists")).toEqual([{ path: null }]);
});

test("what was issued after the backup is entered again from its files, and then nothing is unknown", async () => {
  let open = { ...RESTORED, lists: [] as typeof RESTORED.lists, unknown: true };
  const line = { ...issuedLine(1), status_list: LIST.uri };
  const refusedFile = {
    path: "/out/别家.zzcred",
    refusal: refusal("ISSUED-FOREIGN", "不是本单位的密钥签发的"),
  };
  const { host, user } = showApp(
    { page: "issued" },
    {
      "issue.after_restore": () => open,
      "issue.recover": () => {
        open = { ...open, lists: RESTORED.lists };
        const remarks = [{ zh: "编号“SJ-2026-0001”有两份凭证", en: "two have the number" }];
        return { taken: [line], known: 3, refused: [refusedFile], firms: 1, remarks };
      },
      "issue.look_back": () => {
        open = { ...open, unknown: false };
        return open;
      },
    },
  );
  expect(await screen.findByText(/这个数据库都不知道/)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "补登已签发的凭证…" }));
  const dialog = await screen.findByRole("dialog");
  host.choices.push("/out");
  await user.click(within(dialog).getByRole("button", { name: "选择文件夹…" }));
  expect(await within(dialog).findByText("已补登 1 份")).toBeDefined();
  expect(within(dialog).getByText("原来就有 3 份。")).toBeDefined();
  expect(within(dialog).getByText(/名册新增企业 1 家/)).toBeDefined();
  expect(within(dialog).getByText("编号“SJ-2026-0001”有两份凭证")).toBeDefined();
  expect(await within(dialog).findByText(/核对之后才能撤销/)).toBeDefined();
  expect(within(dialog).getByText("ISSUED-FOREIGN")).toBeDefined();
  expect(host.asked("issue.recover")).toEqual([{ paths: ["/out"] }]);
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "都已补登，或没有签发过" }));
  await waitFor(() => expect(screen.queryByText(/这个数据库都不知道/)).toBeNull());
  // A file that turns up later can still be entered again.
  expect(screen.getByRole("button", { name: "补登已签发的凭证…" })).toBeDefined();
  expect(await screen.findByText(/1 份吊销名单还没有核对/)).toBeDefined();
});

test("without a file the clerk states what changed since the backup, or that nothing did", async () => {
  const credentials = [1, 2, 3].map((n) => ({
    ...issuedLine(n),
    status: "valid" as const,
    status_list: LIST.uri,
  }));
  const { host, user } = showApp(
    { page: "issued" },
    { ...restoring(), "issue.list": () => ({ credentials, next: null }) },
  );
  // Nobody is told that a credential is valid while that is not known.
  expect((await screen.findAllByText("待核对")).length).toBeGreaterThan(0);
  await user.click(await screen.findByRole("button", { name: "核对吊销名单" }));
  await user.click(await screen.findByRole("button", { name: "没有别的变动…" }));
  await screen.findByText("确认没有别的撤销、暂停或注销");
  const nothing = await screen.findByRole("dialog");
  await user.type(within(nothing).getByLabelText(/口令/), "口令{Enter}");
  expect(host.asked("issue.settle")).toEqual([]);
  await user.click(within(nothing).getByRole("button", { name: "取消" }));

  await user.click(await screen.findByRole("button", { name: "有别的变动，逐份勾选…" }));
  await screen.findByText("写明别的变动");
  const some = await screen.findByRole("dialog");
  await user.click(within(some).getByRole("combobox", { name: /有过变动的凭证/ }));
  const [first] = credentials;
  const options = await screen.findAllByText(first?.number ?? "none");
  await user.click(options.at(-1) as HTMLElement);
  await user.type(within(some).getByRole("textbox", { name: /依据/ }), "登记簿第3页");
  await expectAccessible();
  await user.type(within(some).getByLabelText(/口令/), "口令{Enter}");
  expect(await screen.findByText(/都已核对/)).toBeDefined();
  expect(host.asked("issue.settle")).toEqual([
    {
      read: null,
      since: [{ credential_id: first?.id, status: "revoked" }],
      reason: "登记簿第3页",
      passphrase: "口令",
    },
  ]);
});

test("after a restore nothing is issued until somebody looked at the number", async () => {
  const { host, user } = showApp(
    { page: "issue", firms: ["firm-1"] },
    { "issue.after_restore": () => RESTORED },
  );
  const looked = await screen.findByRole("checkbox", { name: /这个编号没有用过/ });
  const issue = screen.getByRole<HTMLButtonElement>("button", { name: "签发 1 份" });
  expect(issue.disabled).toBe(true);
  expect(screen.getByText("还不能继续：还没有核对编号。")).toBeDefined();
  // The number comes first, then the word on it.
  const number = screen.getByRole("textbox", { name: "编号" });
  expect(number.compareDocumentPosition(looked) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  await user.click(looked);
  expect(screen.queryByText(/还不能继续/)).toBeNull();
  host.choices.push("/out");
  await user.click(issue);
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  await waitFor(() => expect(host.asked("issue.issue")[0]?.number_looked_at).toBe(true));
});

test("of a series that was looked at after the restore nothing is asked again, of another number it is", async () => {
  const { user } = showApp(
    { page: "issue", firms: ["firm-1"] },
    { "issue.after_restore": () => ({ ...RESTORED, series: ["FH-2026-{}"] }) },
  );
  const number = await screen.findByRole("textbox", { name: "编号" });
  await user.clear(number);
  await user.type(number, "FH-2026-{{0007}");
  expect(screen.queryByRole("checkbox", { name: /这个编号没有用过/ })).toBeNull();
  expect(screen.queryByText(/还没有核对编号/)).toBeNull();
  await user.clear(number);
  await user.type(number, "FH-2026-0007");
  expect(screen.getByRole("checkbox", { name: /这个编号没有用过/ })).toBeDefined();
});
