// The catalogues against each other, and against the sources that use them.

import {
  type Pattern,
  parse,
  type Resource,
  SelectExpression,
  TextElement,
  Transformer,
  type VariableReference,
} from "@fluent/syntax";
import { parseSync } from "vite";
import { expect, test } from "vitest";

type Files = Record<string, string>;
const ZH = import.meta.glob<string>("./zh-CN/*.ftl", { query: "?raw", import: "default", eager: true });
const EN = import.meta.glob<string>("./en/*.ftl", { query: "?raw", import: "default", eager: true });
const SOURCES = import.meta.glob<string>(
  ["../**/*.{ts,tsx}", "!../**/*.test.{ts,tsx}", "!../test/**", "!../gen/**"],
  { query: "?raw", import: "default", eager: true },
);

const GUIDES = import.meta.glob<string>(["../../../docs/guide/zh-CN.md", "../../../docs/guide/en.md"], {
  query: "?raw",
  import: "default",
  eager: true,
});

class Variables extends Transformer {
  readonly names = new Set<string>();

  override visitVariableReference(node: VariableReference) {
    this.names.add(node.id.name);
    return node;
  }
}

/** Every message by its key, with the names of its variables. */
function messages(files: Files): Map<string, string> {
  const found = new Map<string, string>();
  for (const [file, text] of Object.entries(files)) {
    const resource: Resource = parse(text, {});
    for (const entry of resource.body) {
      expect(entry.type, `${file} has a line that Fluent cannot read`).not.toBe("Junk");
      if (entry.type !== "Message") continue;
      expect(found.has(entry.id.name), `${entry.id.name} is there twice`).toBe(false);
      const variables = new Variables();
      variables.visit(entry.clone());
      found.set(entry.id.name, [...variables.names].sort().join(" "));
    }
  }
  return found;
}

const zh = messages(ZH);
const en = messages(EN);

interface Node {
  type: string;
  [member: string]: unknown;
}

function walk(node: unknown, see: (node: Node, parent: Node | null) => void, parent: Node | null = null) {
  if (Array.isArray(node)) for (const one of node) walk(one, see, parent);
  else if (typeof node === "object" && node !== null && "type" in node) {
    see(node as Node, parent);
    for (const child of Object.values(node)) walk(child, see, node as Node);
  }
}

/** Texts in a source: what stands in quotes, templates with a star for each hole, and what stands between tags. */
interface Texts {
  quoted: { text: string; attribute: string | null }[];
  templates: string[];
  between: string[];
}

function textsOf(file: string, source: string): Texts {
  const texts: Texts = { quoted: [], templates: [], between: [] };
  walk(parseSync(file, source).program, (node, parent) => {
    if (node.type === "Literal" && typeof node.value === "string") {
      if (parent?.type.startsWith("Import") || parent?.type.startsWith("Export")) return;
      const name = parent?.type === "JSXAttribute" ? (parent.name as { name: unknown }).name : null;
      texts.quoted.push({ text: node.value, attribute: typeof name === "string" ? name : null });
    } else if (node.type === "TemplateLiteral") {
      const pieces = node.quasis as { value: { raw: string } }[];
      texts.templates.push(pieces.map(({ value }) => value.raw).join("*"));
    } else if (node.type === "JSXText") texts.between.push(String(node.value).trim());
  });
  return texts;
}

const texts = Object.entries(SOURCES).map(([file, source]) => ({ file, ...textsOf(file, source) }));

test("both languages have the same files, keys and variables", () => {
  const names = (files: Files) => Object.keys(files).map((path) => path.split("/").pop());
  expect(names(EN)).toEqual(names(ZH));
  expect(Object.fromEntries(en)).toEqual(Object.fromEntries(zh));
});

test("every key is used", () => {
  const quoted = new Set(texts.flatMap((file) => file.quoted.map(({ text }) => text)));
  const patterns = texts
    .flatMap(({ templates }) => templates)
    .filter((template) => /^[a-z]+-[a-z-]*\*[a-z-]*$/.test(template))
    .map((template) => new RegExp(`^${template.replace("*", "[a-z_]+")}$`));
  const used = (key: string) => quoted.has(key) || patterns.some((pattern) => pattern.test(key));
  expect([...zh.keys()].filter((key) => !used(key))).toEqual([]);
});

test("every key that a source names is there", () => {
  const missing = Object.entries(SOURCES).flatMap(([file, source]) =>
    [...source.matchAll(/\b(?:t\(|label: )"([^"]+)"/g)]
      .map((match) => match[1] ?? "")
      .filter((key) => !zh.has(key))
      .map((key) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
});

/** Attributes that people read or hear. */
const READ = ["title", "aria-label", "alt", "placeholder", "okText", "cancelText", "description", "hint"];

test("no sentence stands in a component: all of them come from the catalogues", () => {
  const found = texts
    .filter(({ file }) => file.endsWith(".tsx"))
    .flatMap(({ file, quoted, templates, between }) =>
      [
        ...between.filter((text) => /\p{L}{2,}/u.test(text)),
        ...templates.filter((text) => /\p{Script=Han}/u.test(text)),
        ...quoted
          .filter(
            ({ text, attribute }) =>
              /\p{Script=Han}/u.test(text) ||
              /^[A-Z][a-z]+ [a-z]+/.test(text) ||
              (attribute !== null && READ.includes(attribute) && /\p{Ll}{2,}/u.test(text)),
          )
          .map(({ text }) => text),
      ].map((text) => `${file}: ${text}`),
    );
  expect(found).toEqual([]);
});

test("Chinese prose has full-width punctuation and room beside Latin words", () => {
  const lines = Object.values(ZH).flatMap((text) => text.split("\n").filter((line) => !line.startsWith("#")));
  const narrow = lines.filter((line) => /\p{Script=Han}[,;:?!]/u.test(line.replace(/^[\w-]+ = /, "")));
  expect(narrow).toEqual([]);
});

/** Bold words of the guides that are no words of the window: why. */
const ELSEWHERE: Record<string, string> = {
  是否逾期: "a column of the exported table",
  无记录: "in the middle of a message",
  科技创新券: "the name of a type",
  "innovation voucher": "the name of a type",
  "几台电脑。": "begins a paragraph",
  "Several computers.": "begins a paragraph",
  当面核对指纹: "stressed",
  "compare the fingerprint": "stressed",
  与那台电脑当面核对两个指纹: "stressed",
  "compare both fingerprints": "stressed",
  只有登记方的回执才算已核销: "stressed",
  "Only the ledger's receipt means redeemed": "stressed",
};

/** How the guides write what varies in a message. */
const VARYING = "(?:N|…|收〔2026〕0017)";

/** What a message may look like. */
function shape({ elements }: Pattern): string {
  const one = (element: Pattern["elements"][number]) => {
    if (element instanceof TextElement) return element.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const { expression } = element;
    if (!(expression instanceof SelectExpression)) return VARYING;
    return `(?:${expression.variants.map(({ value }) => shape(value)).join("|")})`;
  };
  return elements.map(one).join("");
}

test.each([
  ["zh-CN", ZH],
  ["en", EN],
])("what the guide writes in bold stands in the window: %s", (language, files) => {
  const shapes = Object.values(files)
    .flatMap((text) => parse(text, {}).body)
    .flatMap((entry) => (entry.type === "Message" && entry.value ? [shape(entry.value)] : []));
  // The button of a dialog says what opened the dialog, without the dots.
  const either = shapes.filter((one) => one !== VARYING).map((one) => one.replace(/…$/, "…?"));
  const window = new RegExp(`^(?:${either.join("|")})$`, "u");
  const guide = GUIDES[`../../../docs/guide/${language}.md`] ?? "";
  const bold = [...guide.matchAll(/\*\*(.+?)\*\*/g)].map((match) => match[1] ?? "");
  expect(bold.length).toBeGreaterThan(100);
  expect(bold.filter((words) => !window.test(words) && !(words in ELSEWHERE))).toEqual([]);
});

test("no message is empty", () => {
  for (const file of [...Object.values(ZH), ...Object.values(EN)])
    expect(file).not.toMatch(/^[\w-]+ =\s*$(?!\n )/m);
});

test("the sources were found", () => {
  expect(texts.length).toBeGreaterThan(20);
});
