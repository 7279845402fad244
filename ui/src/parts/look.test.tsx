import { act, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Theme } from "../gen/wire";
import { session } from "../test/data/session";
import { LookProvider, useLook } from "./Look";

/** A system that is dark or light, and can change its mind. */
function system(dark: boolean) {
  const told = new Set<() => void>();
  let now = dark;
  vi.spyOn(window, "matchMedia").mockImplementation((media) => {
    const asks = media.includes("prefers-color-scheme: dark");
    return {
      get matches() {
        return asks && now;
      },
      addEventListener: (_: string, listener: () => void) => told.add(listener),
      removeEventListener: (_: string, listener: () => void) => told.delete(listener),
    } as unknown as MediaQueryList;
  });
  return (next: boolean) =>
    act(() => {
      now = next;
      for (const tell of told) tell();
    });
}

afterEach(() => vi.restoreAllMocks());

function Seen() {
  return <output>{useLook().dark ? "dark" : "light"}</output>;
}

function shown(theme: Theme) {
  const settings = { ...session().settings, theme };
  const { container } = render(
    <LookProvider settings={settings}>
      <Seen />
    </LookProvider>,
  );
  return () => [
    document.documentElement.dataset.look,
    document.documentElement.style.colorScheme,
    container.textContent,
  ];
}

test("the look follows the system, also when that changes while the window stands", () => {
  const becomes = system(true);
  const look = shown("system");
  expect(look()).toEqual(["dark", "dark", "dark"]);
  becomes(false);
  expect(look()).toEqual(["light", "light", "light"]);
  becomes(true);
  expect(look()).toEqual(["dark", "dark", "dark"]);
});

test.each(["light", "dark"] as const)("a look that was chosen stays %s whatever the system does", (theme) => {
  const becomes = system(theme !== "dark");
  const look = shown(theme);
  expect(look()).toEqual([theme, theme, theme]);
  becomes(theme === "dark");
  expect(look()).toEqual([theme, theme, theme]);
});
