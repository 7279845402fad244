// What is read before anything is seen: the files of the entry as they are built, and what of Ant Design is in them.

import { build, type Rolldown } from "vite";
import { beforeAll, expect, test, vi } from "vitest";

/** Script that the first screen may read, in bytes. Whoever needs more says here why. */
const BUDGET = 630_000;

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
