import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

test("a credential is issued to chosen firms, with the passphrase once", async () => {
  const { host, user } = showApp({ page: "issue", firms: ["firm-1", "firm-3"] });
  await user.type(await screen.findByRole("textbox", { name: "编号" }), "HFUSP-2026-{{0001}");
  await expectAccessible();
  host.choices.push("/out");
  await user.click(screen.getByRole("button", { name: "签发 2 份" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/口令/), "一句足够长的口令");
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "签名并签发" }));
  expect(await screen.findByText("已签发 1 份")).toBeDefined();
  expect(screen.getByText("企业没有交来公钥，不能签发")).toBeDefined();
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
  await user.click(await screen.findByRole("combobox", { name: /类型/ }));
  await user.click(await screen.findByTitle("高新技术企业证书"));
  await user.type(screen.getByRole("textbox", { name: /在何处核验/ }), "高企认定管理网");
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
  await user.type(within(dialog).getByRole("textbox", { name: /原因/ }), "已毕业");
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

test("status lists are exported as they are or signed anew", async () => {
  const { host, user } = showApp({ page: "issued" });
  await user.click(await screen.findByRole("button", { name: /导出吊销名单/ }));
  host.choices.push("/lists");
  await user.click(await screen.findByRole("button", { name: "按上次签名导出" }));
  await waitFor(() => expect(host.asked("issue.export_status_list")).toEqual([{ path: "/lists" }]));
  await expectAccessible();
});
