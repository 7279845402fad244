import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { keyNames, useKeyboard, useShortcut, useShortcuts } from "./shortcuts";

function Page({ run, on = true }: { run: () => void; on?: boolean }) {
  useKeyboard();
  useShortcut("Ctrl+O", "page", run, on);
  return <input aria-label="field" />;
}

function Dialog({ run }: { run: () => void }) {
  useShortcut("Ctrl+O", "dialog", run);
  return null;
}

const Sheet = () => (
  <output>
    {useShortcuts()
      .map(({ keys, label }) => `${keys} ${label}`)
      .join()}
  </output>
);

test("the last that came has the key, and gives it back", async () => {
  const user = userEvent.setup();
  const [page, dialog] = [vi.fn(), vi.fn()];
  const { rerender } = render(
    <>
      <Page run={page} />
      <Dialog run={dialog} />
      <Sheet />
    </>,
  );
  await user.keyboard("{Control>}o{/Control}");
  expect([page.mock.calls.length, dialog.mock.calls.length]).toEqual([0, 1]);
  expect(screen.getByText("Ctrl+O dialog")).toBeDefined();
  rerender(
    <>
      <Page run={page} />
      <Sheet />
    </>,
  );
  await user.keyboard("{Meta>}o{/Meta}");
  expect([page.mock.calls.length, dialog.mock.calls.length]).toEqual([1, 1]);
});

test("a shortcut that does not hold is not there", async () => {
  const user = userEvent.setup();
  const run = vi.fn();
  render(<Page run={run} on={false} />);
  await user.keyboard("{Control>}o{/Control}");
  expect(run).not.toHaveBeenCalled();
});

test("shortcuts work while a field has the focus, but not within the input of a Chinese word", async () => {
  const run = vi.fn();
  render(<Page run={run} />);
  const field = screen.getByLabelText("field");
  field.dispatchEvent(
    new KeyboardEvent("keydown", { key: "o", ctrlKey: true, bubbles: true, isComposing: true }),
  );
  expect(run).not.toHaveBeenCalled();
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "o", ctrlKey: true, bubbles: true }));
  expect(run).toHaveBeenCalledOnce();
});

test.each(["F5", "p", "r"])("%s never reaches the webview", (key) => {
  render(<Page run={() => {}} />);
  const event = new KeyboardEvent("keydown", { key, ctrlKey: key !== "F5", cancelable: true, bubbles: true });
  window.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
});

test("keys have names as on the keyboard", () => {
  expect(keyNames("Ctrl+Enter")).toEqual(["Ctrl", "Enter"]);
  expect(keyNames("Escape")).toEqual(["Esc"]);
  expect(keyNames("Alt+ArrowLeft")).toEqual(["Alt", "←"]);
});
