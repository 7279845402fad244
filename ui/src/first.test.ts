// What is read before anything is seen: the files of the entry as they are built, and what of Ant Design is in them.

import { build, type Rolldown } from "vite";
import { beforeAll, expect, test, vi } from "vitest";

/** Script that the first screen may read, in bytes. Whoever needs more says here why. */
const BUDGET = 575_000;

let first: Rolldown.OutputChunk[] = [];
let every: Rolldown.OutputChunk[] = [];

beforeAll(async () => {
  // Else React would be built as it is for tests.
  vi.stubEnv("NODE_ENV", "production");
  const built = await build({ logLevel: "silent", mode: "production", build: { write: false } });
  vi.unstubAllEnvs();
  const { output } = built as Rolldown.RolldownOutput;
  const chunks = new Map(
    output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file] as const] : [])),
  );
  const read = new Set([...chunks.values()].filter(({ isEntry }) => isEntry));
  for (const chunk of read)
    for (const name of chunk.imports) {
      const next = chunks.get(name);
      if (next) read.add(next);
    }
  first = [...read];
  every = [...chunks.values()];
}, 120_000);

test("the first screen is read in few files and few bytes", () => {
  expect(first.length).toBeLessThanOrEqual(5);
  expect(first.reduce((sum, { code }) => sum + new TextEncoder().encode(code).length, 0)).toBeLessThan(
    BUDGET,
  );
});

/** Libraries and components that later pages show, by a file that each of them has. */
const LATER = [
  "/dayjs/dayjs.min.js",
  "/pdfjs-dist/",
  "/@tanstack/react-virtual/",
  "/@rc-component/form/",
  "/@rc-component/table/es/Table.js",
  ...["select", "picker", "input", "dialog", "checkbox"].map((part) => `/@rc-component/${part}/es/index.js`),
  ...["alert", "badge", "input", "modal", "radio", "select", "spin", "table", "tooltip"].map(
    (part) => `/antd/es/${part}/index.js`,
  ),
];

/** What of a file's code is in these chunks. */
const modulesOf = (read: Rolldown.OutputChunk[]): string[] =>
  read.flatMap(({ modules }) =>
    Object.entries(modules)
      .filter(([, { renderedLength }]) => renderedLength > 0)
      .map(([id]) => id),
  );

test("no library and no component that only later pages show is read for the first screen", () => {
  const read = modulesOf(first);
  expect(read.filter((id) => LATER.some((part) => id.includes(part)))).toEqual([]);
  expect(read.some((id) => id.includes("/antd/es/button/"))).toBe(true);
});

test("later pages do read all of these", () => {
  const read = modulesOf(every);
  expect(LATER.filter((part) => !read.some((id) => id.includes(part)))).toEqual([]);
});

const CHINESE = import.meta.glob<string>("./text/zh-CN/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const SOURCES = import.meta.glob<string>(["./**/*.{ts,tsx}", "!./**/*.test.{ts,tsx}"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Keys of messages that are words of the wire or of the program too, and mean those in code of the first screen. */
const OTHER_WORDS = new Set(["case", "progress"]);

test("every message that the first screen may show is read with it", () => {
  const read = modulesOf(first);
  const keys = (files: string[]) =>
    files.flatMap((file) =>
      [...(CHINESE[file] ?? "").matchAll(/^([a-z][a-z0-9_-]*) =/gm)].map(([, key]) => key),
    );
  const isRead = (file: string) => read.some((id) => id.includes(`/src${file.slice(1)}`));
  const known = new Set(keys(Object.keys(CHINESE).filter(isRead)));
  const missing = keys(Object.keys(CHINESE)).filter((key) => key && !known.has(key) && !OTHER_WORDS.has(key));
  const sources = Object.keys(SOURCES).filter(isRead);
  expect([known.size > 100, missing.length > 500, sources.length > 40]).toEqual([true, true, true]);
  const used = sources.flatMap((file) => {
    const words = [...(SOURCES[file] ?? "").matchAll(/["`]([a-z][a-z0-9_-]*)(["`]|-\$\{)/g)];
    return words.flatMap(([, word = "", end]) =>
      missing
        .filter((key) => (end === "-${" ? key?.startsWith(`${word}-`) : key === word))
        .map((key) => `${file}: ${key}`),
    );
  });
  expect(used).toEqual([]);
});
