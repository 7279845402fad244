// What jsdom lacks and a real webview has: sizes, media queries, observers of sizes.

import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { readAhead } from "../later";
import { restOfChinese } from "../text/chinese";

const WIDTH = 1280;
const HEIGHT = 800;

Object.defineProperty(window, "matchMedia", {
  writable: true,
  value: (media: string) => ({
    media,
    matches: media.includes("reduced-motion"),
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
    onchange: null,
  }),
});

class Observer {
  private readonly told: ResizeObserverCallback;

  constructor(told: ResizeObserverCallback) {
    this.told = told;
  }

  observe(target: Element) {
    const size = [{ inlineSize: WIDTH, blockSize: HEIGHT }];
    const rect = target.getBoundingClientRect();
    const entry = { target, contentRect: rect, borderBoxSize: size, contentBoxSize: size };
    this.told([entry as unknown as ResizeObserverEntry], this as unknown as ResizeObserver);
  }

  unobserve() {}

  disconnect() {}
}
window.ResizeObserver = Observer as unknown as typeof ResizeObserver;

for (const [name, size] of [
  ["offsetWidth", WIDTH],
  ["offsetHeight", HEIGHT],
  ["clientHeight", HEIGHT],
] as const)
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, to?: ScrollToOptions | number) {
  if (typeof to === "object") this.scrollTop = to.top ?? this.scrollTop;
} as typeof HTMLElement.prototype.scrollTo;
HTMLElement.prototype.scrollIntoView = () => {};
// antd measures scroll bars with a pseudo-element, which jsdom only complains about.
const computed = window.getComputedStyle.bind(window);
window.getComputedStyle = (element: Element) => computed(element);

// The whole page in every failure hides the one line that says what is missing.
configure({ getElementError: (message) => new Error(message ?? ""), asyncUtilTimeout: 5000 });

// As the window has, a moment after its first screen.
beforeAll(restOfChinese);
beforeAll(readAhead);
afterEach(cleanup);
