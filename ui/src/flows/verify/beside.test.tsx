import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { DRAFT } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { HEFEI, PICTURE } from "../../test/data/verify";
import { expectAccessible, type Shown, showApp } from "../../test/render";

const PHOTO = "办公场所照片【演示】.png";
const LEASE = "上海分公司租赁合同【演示】.pdf";

async function checklist(): Promise<Shown> {
  const shown = showApp({ page: "verify", path: HEFEI.path });
  await shown.user.click(await screen.findByRole("tab", { name: /材料清单/ }));
  return shown;
}

const beside = () => screen.queryByRole("complementary", { name: "正在查看的附件" });

test("the row that an attachment answers shows it beside the checklist", async () => {
  const { host, user } = await checklist();
  const row = (await screen.findByText("经营场所使用证明", { selector: "strong" })).closest(
    "li",
  ) as HTMLElement;
  const button = within(row).getByRole("button", { name: `查看 ${LEASE}` });
  expect(beside()).toBeNull();
  await user.click(button);
  const shown = beside() as HTMLElement;
  expect(within(shown).getByRole("heading", { name: LEASE })).toBeDefined();
  expect(button.getAttribute("aria-controls")).toBe(shown.id);
  await waitFor(() =>
    expect(host.asked("verify.attachment")).toEqual([
      {
        dossier: HEFEI.path,
        case_id: null,
        draft_id: null,
        path: expect.stringContaining("attachments/07c2"),
      },
    ]),
  );
  // The list is still there to be read on.
  expect(screen.getByText("管理体系认证", { selector: "strong" })).toBeDefined();
  await expectAccessible();
});

test("attachments that answer no item stand below the checklist, and one that cannot be shown is saved from there", async () => {
  const { host, user } = await checklist();
  await user.click(await screen.findByRole("button", { name: `查看 ${PHOTO}` }));
  expect(await screen.findByRole("img", { name: PHOTO })).toBeDefined();
  expect(host.asked("verify.attachment")[0]?.path).toBe(`attachments/${PICTURE}`);
  await user.click(screen.getByRole("button", { name: "查看 营业执照电子文件【演示】.ofd" }));
  const shown = beside() as HTMLElement;
  expect(within(shown).getByText(/这种文件不在窗口内显示/)).toBeDefined();
  host.choices.push("/out/执照.ofd");
  await user.click(within(shown).getByRole("button", { name: /^另存/ }));
  expect(await within(shown).findByText("/out/执照.ofd")).toBeDefined();
});

test("keys alone look at an attachment, scroll it, and come back to its row", async () => {
  const { user } = await checklist();
  const button = await screen.findByRole("button", { name: `查看 ${PHOTO}` });
  button.focus();
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("region", { name: PHOTO }));
  await user.keyboard("{Escape}");
  expect(beside()).toBeNull();
  expect(document.activeElement).toBe(button);
});

test("a firm sees what it attached beside its files", async () => {
  const { host, user } = showApp({ page: "draft", id: DRAFT.line.id }, sessionOf(session({ profile: FIRM })));
  await user.click(await screen.findByRole("button", { name: "查看 lease.pdf" }));
  expect(within(beside() as HTMLElement).getByRole("heading", { name: "lease.pdf" })).toBeDefined();
  await waitFor(() =>
    expect(host.asked("verify.attachment")).toEqual([
      { dossier: null, case_id: null, draft_id: DRAFT.line.id, path: "attachment-1" },
    ]),
  );
  expect(screen.getByRole("textbox", { name: "文件名称" })).toBeDefined();
  await expectAccessible();
});
