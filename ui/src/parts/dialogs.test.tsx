import { act, screen, waitFor } from "@testing-library/react";
import { Button } from "antd";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { Refused } from "../host/types";
import { refusal } from "../test/fakeHost";
import { expectAccessible, showPart } from "../test/render";
import { ConfirmPassphrase } from "./ConfirmPassphrase";
import { HandsFields, useHands } from "./HandsFields";
import { RefusalAlert } from "./refusal";
import { useAutosave } from "./useAutosave";

afterEach(() => vi.useRealTimers());

test("a refusal has fact, advice, code, and diagnostics to copy", async () => {
  const { user, host } = showPart(<RefusalAlert refusal={refusal("DISK-FULL", "磁盘已满，备份没有写完")} />);
  expect(screen.getByRole("alert").textContent).toContain("磁盘已满，备份没有写完");
  expect(screen.getByText("DISK-FULL")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "复制诊断信息" }));
  await screen.findByRole("button", { name: "已复制" });
  expect(host.copied[0]).toContain("DISK-FULL");
  expect(host.copied[0]).toContain("zizhi 0.1.0");
  await expectAccessible();
});

test("a refusal can be copied even if the program tells no diagnostics", async () => {
  const silent = {
    "upkeep.diagnostics": () => {
      throw new Refused(refusal("X", "没有"));
    },
  };
  const { user, host } = showPart(<RefusalAlert refusal={refusal("LOST", "钥匙串丢失")} />, { own: silent });
  await user.click(screen.getByRole("button", { name: "复制诊断信息" }));
  await waitFor(() => expect(host.copied[0]).toContain("LOST"));
});

function Signing({ onConfirm }: { onConfirm: (passphrase: string) => Promise<void> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>sign</Button>
      <ConfirmPassphrase
        open={open}
        title="签署"
        action="签署"
        onConfirm={onConfirm}
        onClose={() => setOpen(false)}
      >
        内容
      </ConfirmPassphrase>
    </>
  );
}

test("what is shown scrolls by itself and the passphrase stands outside of it", async () => {
  const { user } = showPart(<Signing onConfirm={async () => undefined} />);
  await user.click(screen.getByRole("button", { name: "sign" }));
  const shown = (await screen.findByText("内容")).closest<HTMLElement>(".confirm-what");
  expect(shown?.tabIndex).toBe(0);
  expect(shown?.contains(screen.getByLabelText(/口令/))).toBe(false);
  expect(screen.getByText("忘记口令时，可以输入打印的恢复密钥。")).toBeDefined();
  await expectAccessible();
});

test("a wrong passphrase is refused in its place and does not stay in the field", async () => {
  const tries: string[] = [];
  const { user } = showPart(
    <Signing
      onConfirm={async (passphrase) => {
        tries.push(passphrase);
        if (passphrase !== "right") throw new Refused(refusal("KEY-PASSPHRASE", "口令不对"));
      }}
    />,
  );
  await user.click(screen.getByRole("button", { name: "sign" }));
  const field = await screen.findByLabelText<HTMLInputElement>(/口令/);
  await user.type(field, "wrong{Enter}");
  expect(await screen.findByText("KEY-PASSPHRASE")).toBeDefined();
  expect(field.value).toBe("");
  await expectAccessible();
  await user.type(field, "right");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(tries).toEqual(["wrong", "right"]);
});

test("nothing is signed without a passphrase", async () => {
  const confirm = vi.fn();
  const { user } = showPart(<Signing onConfirm={confirm} />);
  await user.click(screen.getByRole("button", { name: "sign" }));
  expect((await screen.findByRole<HTMLButtonElement>("button", { name: "签署" })).disabled).toBe(true);
  await user.keyboard("{Enter}");
  expect(confirm).not.toHaveBeenCalled();
});

function HandsOnly() {
  const hands = useHands(true);
  return (
    <>
      <HandsFields {...hands} />
      <output>{hands.complete ? "complete" : "open"}</output>
    </>
  );
}

test("four eyes are two different people", async () => {
  const { user } = showPart(<HandsOnly />);
  expect(screen.getByText("open")).toBeDefined();
  await user.type(screen.getByLabelText(/复核人/), "经办甲【演示】");
  expect(screen.getByText("经办人与复核人不能是同一人")).toBeDefined();
  expect(screen.getByText("open")).toBeDefined();
  await user.type(screen.getByLabelText(/复核人/), "二");
  expect(screen.getByText("complete")).toBeDefined();
});

function Draft({ save }: { save: (text: string) => Promise<unknown> }) {
  const { saving, change } = useAutosave(save);
  return (
    <label>
      text
      <input onChange={({ target }) => change(target.value)} />
      <output>{saving.state}</output>
    </label>
  );
}

test("what is typed is saved after a pause, the last word last", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const saved: string[] = [];
  const { user } = showPart(
    <Draft
      save={async (text) => {
        saved.push(text);
      }}
    />,
  );
  await user.type(screen.getByLabelText(/text/), "abc");
  await act(() => vi.advanceTimersByTimeAsync(500));
  expect(saved.at(-1)).toBe("abc");
  expect(screen.getByText("saved")).toBeDefined();
});

test("what could not be saved is kept for the next try, and Ctrl+S is one", async () => {
  let full = true;
  const saved: string[] = [];
  const { user } = showPart(
    <Draft
      save={async (text) => {
        if (full) throw new Refused(refusal("DISK-FULL", "磁盘已满"));
        saved.push(text);
      }}
    />,
  );
  await user.type(screen.getByLabelText(/text/), "abc");
  expect(await screen.findByText("refused")).toBeDefined();
  full = false;
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(saved).toEqual(["abc"]));
});
