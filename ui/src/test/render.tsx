// Shows the whole window, or one part of it, on a fake host.

import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { type ReactNode, Suspense } from "react";
import { expect } from "vitest";
import { App } from "../App";
import type { SessionStatus } from "../gen/wire";
import { LookProvider } from "../parts/Look";
import { useKeyboard } from "../parts/shortcuts";
import { type Route, RouterContext, useNewRouter } from "../route";
import { Rpc } from "../rpc";
import { SessionContext } from "../session";
import { TextProvider } from "../text";
import { session } from "./data/session";
import { type Answers, type FakeHost, fakeHost } from "./fakeHost";

export interface Shown {
  host: FakeHost;
  user: ReturnType<typeof userEvent.setup>;
}

/** The whole window at a route. */
export function showApp(route: Route, own: Answers = {}): Shown {
  const host = fakeHost(own);
  render(<App host={host} first={route} />);
  return { host, user: userEvent.setup({ delay: null }) };
}

function Around({ status, children }: { status: SessionStatus; children: ReactNode }) {
  const router = useNewRouter({ page: "verify", path: null });
  useKeyboard();
  return (
    <SessionContext value={{ status }}>
      <RouterContext value={router}>{children}</RouterContext>
    </SessionContext>
  );
}

/** One part with everything it may use around it. */
export function showPart(
  part: ReactNode,
  { own = {}, status = session() }: { own?: Answers; status?: SessionStatus } = {},
): Shown {
  const host = fakeHost(own);
  render(
    <Rpc host={host}>
      <Suspense>
        <TextProvider language={status.settings.language}>
          <LookProvider settings={status.settings}>
            <Around status={status}>
              <main>
                <Suspense>{part}</Suspense>
              </main>
            </Around>
          </LookProvider>
        </TextProvider>
      </Suspense>
    </Rpc>,
  );
  return { host, user: userEvent.setup({ delay: null }) };
}

/**
 * No rule of axe-core is broken by what is on the screen, overlays included. Contrast is not for jsdom, which paints
 * nothing: theme.test.ts computes it from the palette.
 */
export async function expectAccessible() {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html.slice(0, 200)).join("\n  ")}`,
  );
  // An icon of Ant Design says its own English name unless it is hidden; beside a word that is noise.
  const heard = [...document.querySelectorAll("button .anticon")]
    .filter(
      (icon) =>
        icon.closest(
          "[aria-hidden=true], .ant-modal-close, .ant-input-clear-icon, .ant-picker-clear, .ant-select-clear",
        ) === null,
    )
    .filter((icon) => /^[a-z-]+$/.test(icon.getAttribute("aria-label") ?? ""))
    .map((icon) => `the icon ${icon.getAttribute("aria-label")} is heard in a button; give it aria-hidden`);
  expect([...told, ...heard]).toEqual([]);
}
