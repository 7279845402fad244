import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { HeldLine } from "../../gen/wire";
import { HELD } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { expectAccessible, showApp } from "../../test/render";

const firm = sessionOf(session({ profile: FIRM }));

test("what is held is shown with how it stands, in words", async () => {
  showApp({ page: "held" }, firm);
  expect(await screen.findByText("已过 34 天")).toBeDefined();
  expect(screen.getByText("42 天")).toBeDefined();
  expect(screen.getByText("已过期")).toBeDefined();
  await expectAccessible();
});

test("what the firm states itself is told to end 24 hours after it is signed, not to be endless", async () => {
  const [one] = HELD;
  if (!one) throw new Error("nothing held");
  const own = {
    ...one,
    provenance: "declared",
    valid_until: null,
    days_left: null,
    standing: "valid",
  } as const;
  showApp({ page: "held" }, { ...firm, "hold.list": () => ({ credentials: [own] }) });
  expect(await screen.findByText("签署后 24 小时")).toBeDefined();
  expect(screen.queryByText("长期")).toBeNull();
});

test("files are imported together, and each that is refused says why", async () => {
  const { host, user } = showApp({ page: "held" }, firm);
  host.choices.push(["/a.zzcred", "/b.zzcred"]);
  await user.click(await screen.findByRole("button", { name: /导入凭证/ }));
  expect(await screen.findByText("已导入 1 份凭证")).toBeDefined();
  expect(screen.getByText("HOLD-SUBJECT")).toBeDefined();
  expect(host.asked("hold.import")).toEqual([{ paths: ["/a.zzcred", "/b.zzcred"] }]);
});

test("a credential that was double-clicked is imported, once", async () => {
  const { host, user } = showApp({ page: "held", from: ["/a.zzcred", "/b.zzcred"] }, firm);
  expect(await screen.findByText("已导入 1 份凭证")).toBeDefined();
  await user.click(screen.getByText("42 天"));
  await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  await screen.findByText("42 天");
  expect(host.asked("hold.import")).toEqual([{ paths: ["/a.zzcred", "/b.zzcred"] }]);
});

test("removing names the credential and is confirmed", async () => {
  const { host, user } = showApp({ page: "credential", id: "held-2" }, firm);
  await user.click(await screen.findByRole("button", { name: /移\s?除/ }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("移除 在孵企业证明 HFUSP-2026-0117")).toBeDefined();
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: /移\s?除/ }));
  await waitFor(() => expect(host.asked("hold.remove")).toEqual([{ id: "held-2" }]));
});

test("a statement of one's own is signed with the passphrase, once all that it needs is there", async () => {
  const { host, user } = showApp({ page: "declare" }, firm);
  const number = await screen.findByRole("textbox", { name: /证书编号/ });
  expect(screen.getAllByRole("textbox", { name: /编号/ })).toHaveLength(1);
  expect(document.querySelector(`label[for="${number.id}"] .required`)).not.toBeNull();
  await user.click(screen.getByRole("button", { name: /签\s?名/ }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(number);
  expect(screen.getAllByText("必填，请填写")).toHaveLength(2);
  await expectAccessible();
  await user.type(number, "GR202634000001");
  await user.type(screen.getByRole("textbox", { name: /批次/ }), "第二批");
  expect(screen.queryByText("必填，请填写")).toBeNull();
  await user.click(screen.getByRole("button", { name: /签\s?名/ }));
  const dialog = await screen.findByRole("dialog");
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/口令/), "口令{Enter}");
  await waitFor(() => expect(host.asked("hold.declare")[0]?.passphrase).toBe("口令"));
  expect(host.asked("hold.declare")[0]?.claims).toEqual([
    { name: "number", value: "GR202634000001" },
    { name: "batch", value: "第二批" },
  ]);
});

test("what an issuer made of a credential since somebody looked is told until somebody has seen it", async () => {
  const held = HELD.map((line) =>
    line.id === "held-2"
      ? {
          ...line,
          standing: "revoked" as const,
          moved: { from: "valid" as const, at: "2026-11-27T09:00:00+08:00" },
        }
      : line,
  );
  const page = held.find(({ id }) => id === "held-2") as HeldLine;
  const { host, user } = showApp(
    { page: "credential", id: "held-2" },
    {
      ...firm,
      "hold.get": () => ({
        line: page,
        view: { path: "", kind: "", title: page.title, lines: [], hidden: 0 },
        status_uri: null,
        status: null,
      }),
    },
  );
  expect(await screen.findByText(/状态由“有效”变为“已撤销”/)).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: /知\s?道\s?了/ }));
  await waitFor(() => expect(host.asked("hold.seen")).toEqual([{ id: "held-2" }]));
});
