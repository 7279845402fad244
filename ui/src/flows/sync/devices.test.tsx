import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { answers as sessionOf } from "../../test/data/session";
import { ANSWERED, ASKING, answers, DEVICES, JOINED, NO_HUB } from "../../test/data/sync";
import { refusal, refused } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const page = { page: "sync" } as const;
const SECRET = "演练口令";

const devices = async () =>
  (await screen.findByRole("heading", { level: 2, name: "设备" })).closest("section") as HTMLElement;

test("the list tells each computer's name, since when, its fingerprint, and which takes the mail in", async () => {
  showApp(page, { ...sessionOf(), ...answers(JOINED) });
  const section = await devices();
  const rows = (await within(section).findAllByRole("row")).slice(1);
  expect(rows.map((row) => within(row).getAllByRole("cell").length)).toEqual([4, 4]);
  const [own, other] = rows as [HTMLElement, HTMLElement];
  for (const words of ["前台电脑", "本机", "收取消息", "2026-11-20 09:00"])
    expect(within(own).getByText(words), words).toBeDefined();
  expect(within(other).getByText(DEVICES.devices[1]?.fingerprint as string)).toBeDefined();
  expect(within(own).queryByRole("button", { name: /移出/ })).toBeNull();
  expect(within(section).getByText(/数据库各自独立/)).toBeDefined();
  await expectAccessible();
});

test("another computer is added: its file, its fingerprint to compare, the passphrase, the answer", async () => {
  const { host, user } = showApp(page, { ...sessionOf(), ...answers(JOINED) });
  const section = await devices();
  host.choices.push("/stick/申请.jwt", "/stick/答复.age");
  await user.click(await within(section).findByRole("button", { name: "加入另一台电脑…" }));
  const dialog = await screen.findByRole("dialog", { name: "加入另一台电脑" });
  for (const words of [ASKING.name, ASKING.fingerprint])
    expect(within(dialog).getByText(words), words).toBeDefined();
  expect(host.asked("sync.device_add")).toEqual([]);
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/口令/), `${SECRET}{Enter}`);
  await waitFor(() =>
    expect(host.asked("sync.device_add")).toEqual([
      { request: "/stick/申请.jwt", kid: ASKING.kid, passphrase: SECRET, path: "/stick/答复.age" },
    ]),
  );
  expect(await within(section).findByText(/请把答复带回那台电脑/)).toBeDefined();
  expect(await within(section).findByText(ASKING.name)).toBeDefined();
});

test("a file that is no request is refused before anything is asked", async () => {
  const no = () => refused("DEVICE-REQUEST", "这个文件不是设备申请");
  const { host, user } = showApp(page, { ...sessionOf(), ...answers(JOINED), "sync.device_read": no });
  const section = await devices();
  host.choices.push("/stick/别的.jwt");
  await user.click(await within(section).findByRole("button", { name: "加入另一台电脑…" }));
  expect(await within(section).findByText("DEVICE-REQUEST")).toBeDefined();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a stale list is told in the dialog, and the person may do it again", async () => {
  const stale = () => refused("DEVICES-STALE", "设备清单刚被另一台电脑改过");
  const { user } = showApp(page, { ...sessionOf(), ...answers(JOINED), "sync.device_remove": stale });
  await user.click(await screen.findByRole("button", { name: "移出“二楼电脑”" }));
  const dialog = await screen.findByRole("dialog", { name: "移出“二楼电脑”" });
  await user.type(within(dialog).getByLabelText(/口令/), `${SECRET}{Enter}`);
  expect(await within(dialog).findByText("DEVICES-STALE")).toBeDefined();
});

test("removing names the computer, says what it can still read, and who asks again", async () => {
  const { host, user } = showApp(page, { ...sessionOf(), ...answers(JOINED) });
  const section = await devices();
  await user.click(await within(section).findByRole("button", { name: "移出“二楼电脑”" }));
  const dialog = await screen.findByRole("dialog", { name: "移出“二楼电脑”" });
  expect(within(dialog).getByText(/没有前向保密/)).toBeDefined();
  expect(within(dialog).getByText("33-main")).toBeDefined();
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/口令/), SECRET);
  await user.click(within(dialog).getByRole("button", { name: "移出并更换收件密钥" }));
  expect(await within(section).findByText(/已移出“二楼电脑”/)).toBeDefined();
  expect(within(section).getByText("三楼电脑")).toBeDefined();
  expect(within(section).getByText("33-main")).toBeDefined();
  expect(within(section).getByText(/没有互通消息的，请现在告诉那里的运维人员移出它/)).toBeDefined();
  expect(host.asked("sync.device_remove")).toEqual([{ kid: "kid-1", passphrase: SECRET }]);
  await expectAccessible();
});

test("a computer that has joined nothing asks, shows its fingerprint, and takes the answer", async () => {
  const { host, user } = showApp(page, { ...sessionOf(), ...answers(NO_HUB) });
  const section = await devices();
  await user.click(within(section).getByRole("button", { name: "申请加入…" }));
  const ask = await screen.findByRole("dialog", { name: "申请成为本单位的设备" });
  await user.type(within(ask).getByRole("textbox", { name: /设备名称/ }), "三楼电脑");
  await expectAccessible();
  host.choices.push("/stick/申请.jwt");
  await user.type(within(ask).getByLabelText(/口令/), `${SECRET}{Enter}`);
  await waitFor(() =>
    expect(host.asked("sync.device_request")).toEqual([
      { name: "三楼电脑", passphrase: SECRET, path: "/stick/申请.jwt" },
    ]),
  );
  expect(await within(section).findByText(ASKING.fingerprint)).toBeDefined();

  host.choices.push("/stick/答复.age");
  await user.click(within(section).getByRole("button", { name: "接受答复…" }));
  const accept = await screen.findByRole("dialog", { name: "接受设备答复" });
  for (const words of [ANSWERED.hub_key, ANSWERED.by_fingerprint])
    expect(within(accept).getByText(words), words).toBeDefined();
  expect(within(accept).getByText(/不一致的，不要接受/)).toBeDefined();
  expect(host.asked("sync.device_accept")).toEqual([]);
  await expectAccessible();
  await user.type(within(accept).getByLabelText(/口令/), `${SECRET}{Enter}`);
  expect(await screen.findByText("已加入枢纽 31-main")).toBeDefined();
  expect(host.asked("sync.device_accept")).toEqual([
    { answer: "/stick/答复.age", compared: ANSWERED.by_fingerprint, passphrase: SECRET },
  ]);
  expect((await within(await devices()).findAllByText("收取消息的电脑")).length).toBe(1);
  await expectAccessible();
});

test("a computer that lost its place is led to asking once more, and may not change the list", async () => {
  const off = { ...JOINED, state: "refused", refused: refusal("AUTH-KEY", "枢纽不认识本机") } as const;
  showApp(page, { ...sessionOf(), ...answers(off) });
  expect(await screen.findByRole("button", { name: "再次申请…" })).toBeDefined();
  expect(await screen.findByText("二楼电脑")).toBeDefined();
  expect(screen.queryByRole("button", { name: "移出“二楼电脑”" })).toBeNull();
});

test("an answer that is none is refused before anything is asked", async () => {
  const no = () => refused("DEVICE-ANSWER", "这份答复是加密给另一台电脑的");
  const { host, user } = showApp(page, { ...sessionOf(), ...answers(NO_HUB), "sync.device_answer": no });
  const section = await devices();
  host.choices.push("/stick/别的.age");
  await user.click(within(section).getByRole("button", { name: "接受答复…" }));
  expect(await within(section).findByText("DEVICE-ANSWER")).toBeDefined();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a list that is still being read is told in a sentence", async () => {
  const never = () => new Promise<never>(() => undefined);
  showApp(page, { ...sessionOf(), ...answers(JOINED), "sync.devices": never });
  expect(await within(await devices()).findByText("正在读取…")).toBeDefined();
});

test("and so is one that is not here", async () => {
  showApp(page, { ...sessionOf(), ...answers(JOINED, { ...DEVICES, devices: [] }) });
  expect(await within(await devices()).findByText("本机还没有本单位的设备清单。")).toBeDefined();
  await expectAccessible();
});

test("so is a computer that has not the newest inbox key", async () => {
  showApp(page, { ...sessionOf(), ...answers(JOINED, { ...DEVICES, inbox_missing: true }) });
  expect(await screen.findByText("本机没有新的收件密钥")).toBeDefined();
  expect(screen.getByRole("button", { name: "再次申请…" })).toBeDefined();
  await expectAccessible();
});

test("where no computer has the newest inbox key, a new one is made", async () => {
  const missing = { ...DEVICES, inbox_missing: true };
  const { host, user } = showApp(page, { ...sessionOf(), ...answers(JOINED, missing) });
  const section = await devices();
  await user.click(await within(section).findByRole("button", { name: "更换收件密钥…" }));
  const dialog = await screen.findByRole("dialog", { name: "更换本单位的收件密钥" });
  expect(within(dialog).getByText(/谁也打不开/)).toBeDefined();
  await expectAccessible();
  await user.type(within(dialog).getByLabelText(/口令/), `${SECRET}{Enter}`);
  expect(await within(section).findByText("已更换收件密钥")).toBeDefined();
  expect(host.asked("sync.device_renew")).toEqual([{ passphrase: SECRET }]);
});
