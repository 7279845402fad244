// What holds for the sources as a whole, whoever wrote them.

import { expect, test } from "vitest";

const SOURCES = import.meta.glob<string>(["./**/*.{ts,tsx}", "!./gen/**"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const SHEETS = import.meta.glob<string>("./**/*.css", { query: "?raw", import: "default", eager: true });

const product = Object.entries(SOURCES).filter(([file]) => !/\.test\.tsx?$|^\.\/test\//.test(file));

const holding = (pattern: RegExp, files = product) =>
  files.filter(([, source]) => pattern.test(source)).map(([file]) => file);

test("only src/host knows which program shows the window", () => {
  expect(holding(/@tauri-apps/).every((file) => file.startsWith("./host/"))).toBe(true);
});

test("no text becomes markup", () => {
  expect(
    holding(/dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcDoc/),
  ).toEqual([]);
});

test("nothing is fetched and nothing is opened outside", () => {
  expect(
    holding(
      /(?<!async )\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|window\.open|<a\s[^>]*href=(?!"#)/,
    ),
  ).toEqual([]);
});

test("nothing is left in the webview's own stores", () => {
  expect(holding(/localStorage|sessionStorage|indexedDB|document\.cookie/)).toEqual([]);
});

test("nothing is typed away", () => {
  expect(holding(/\bas any\b|: any\b|<any>|@ts-|eslint-disable/)).toEqual([]);
});

test("only parts/clock asks what day it is, and parts/days what a date picker means", () => {
  expect(
    holding(
      /\bdayjs\(|\bDate\.now\(|new Date\(\)|\.get(Hours|Date|Month|FullYear)\(|\.toLocale\w*(Date|Time)/,
    ),
  ).toEqual(["./parts/clock.ts", "./parts/days.ts"]);
});

test("no message passes by by itself", () => {
  expect(holding(/import \{[^}]*\b(message|notification)\b[^}]*\} from "antd"/)).toEqual([]);
});

test("no file is longer than five hundred lines", () => {
  const long = Object.entries({ ...SOURCES, ...SHEETS }).filter(([, text]) => text.split("\n").length > 500);
  expect(long.map(([file]) => file)).toEqual([]);
});

test("style sheets have their colours from the theme", () => {
  // White paper is white in any look.
  const own = Object.entries(SHEETS).flatMap(([file, text]) =>
    [...text.matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi)]
      .map(([colour]) => colour)
      .filter((colour) => colour !== "#fff")
      .map((colour) => `${file}: ${colour}`),
  );
  expect(own).toEqual([]);
});
