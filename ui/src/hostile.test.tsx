// Forty hostile texts, each with its number before it, in every place of a dossier and of a case that comes from others: all of them are shown, none of
// them becomes anything but text.

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CasePage, JsonValue, Verified } from "./gen/wire";
import { caseLine, casePage } from "./test/data/cases";
import { HEFEI } from "./test/data/verify";
import HOSTILE from "./test/hostile.json";
import { showApp } from "./test/render";
import { visible } from "./text";

/** Members by which the program finds things again, or whose few values are words of the wire. */
const KEPT = new Set([
  ..."path subject by verdict outcome question state mode provenance kind code item_id id media_type scenario".split(
    " ",
  ),
  ..."iat timestamp verified_at signed_at at received valid_until due decided_on type report_sha256 sha256".split(
    " ",
  ),
  ..."integrity issuer_answer currency recognition answer pinned_root facts from to base64 jti".split(" "),
]);

/** Puts the hostile texts, one after the other, in place of every text that others wrote. */
function poison<T>(value: T): T {
  let next = 0;
  const walk = (node: JsonValue, member: string): JsonValue => {
    if (typeof node === "string") {
      if (KEPT.has(member)) return node;
      next += 1;
      return HOSTILE[next % HOSTILE.length] ?? node;
    }
    if (Array.isArray(node)) return node.map((one) => walk(one, member));
    if (typeof node === "object" && node !== null)
      return Object.fromEntries(
        Object.entries(node).map(([name, child]) => [
          name,
          // The four questions have the names of texts and the values of words.
          name === "questions" || KEPT.has(name) ? (child ?? null) : walk(child ?? null, name),
        ]),
      );
    return node;
  };
  return walk(value as JsonValue, "") as T;
}

/** A shorter dossier has room for every text and is quicker to look at. */
const short: Verified = {
  ...HEFEI,
  credentials: HEFEI.credentials.slice(0, 4),
  signatures: HEFEI.signatures.slice(0, 4),
  report: {
    ...HEFEI.report,
    credentials: HEFEI.report.credentials.slice(0, 4),
    checks: [
      ...HEFEI.report.checks.slice(0, 24),
      ...HEFEI.report.checks.filter(({ outcome }) => outcome !== "pass"),
    ],
  },
};
const bad: Verified = poison(short);
const badCase: CasePage = poison(casePage({ ...caseLine(18), moved: true }));
const BAD = { "verify.file": () => bad, "cases.get": () => badCase };

const said = vi.fn();
const fetched = vi.fn();

beforeEach(() => {
  vi.stubGlobal("alert", said);
  vi.stubGlobal("fetch", fetched);
});

afterEach(() => {
  expect(said, "a script ran").not.toHaveBeenCalled();
  expect(fetched, "a request left").not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});

/** Nothing in the page came into being through a text. */
function expectInert() {
  const foreign = document.querySelectorAll(
    "script, iframe, object, embed, link[rel=stylesheet], base, meta[http-equiv], video, audio, marquee, math, a[href]:not(.skip)," +
      " img:not([src^='data:image/']), [onerror], [onload], [onclick], [onmouseover], [onfocus], [style*='evil']",
  );
  expect([...foreign].map(({ outerHTML }) => outerHTML.slice(0, 120))).toEqual([]);
}

/** The numbers of the hostile texts that stand on the page as they are. */
function found(): Set<number> {
  const text = document.body.textContent ?? "";
  const values = [...document.querySelectorAll("textarea")].map(({ value }) => value).join();
  const all = text + values.replace(/\\"/g, '"').replace(/\\\\/g, "\\");
  return new Set(HOSTILE.flatMap((hostile, index) => (all.includes(visible(hostile)) ? [index + 1] : [])));
}

const tab = async (name: RegExp) => fireEvent.click(await screen.findByRole("tab", { name }));

test("a dossier full of hostile texts is shown, text for text, on every tab", async () => {
  showApp({ page: "verify", path: "/demo/敌.zzdossier" }, BAD);
  await screen.findByRole("region", { name: "核验结论" });
  const seen = new Set<number>();
  for (const name of [/需要处理/, /材料清单/, /资质凭证/, /签名/, /附件/, /全部核验项/, /JSON/]) {
    await tab(name);
    for (const closed of screen.queryAllByRole("button", { expanded: false })) fireEvent.click(closed);
    expectInert();
    for (const number of found()) seen.add(number);
  }
  expect([...seen].sort((a, b) => a - b)).toEqual(HOSTILE.map((_, index) => index + 1));
});

test("a case full of hostile texts is shown as text", async () => {
  showApp({ page: "case", id: "case-18" }, BAD);
  const work = await screen.findByRole("region", { name: "办理进度" });
  expect(within(work).getAllByText(/敌/).length).toBeGreaterThan(0);
  expectInert();
  expect(found().size).toBeGreaterThan(5);
});

test.each(HOSTILE)("as a firm's name in the ledger, %s stays a name", async (name) => {
  const cases = [{ ...caseLine(1), firm_name: name, route: name, number: name }];
  showApp({ page: "cases" }, { "cases.list": () => ({ cases, next: null }) });
  await waitFor(() =>
    expect(screen.getAllByText(visible(name), { normalizer: (text) => text }).length).toBe(3),
  );
  expectInert();
});

test("a drawing that could carry a script is not painted, and a name is no file type", async () => {
  const svg = btoa("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
  showApp(
    { page: "verify", path: "/demo/a.zzdossier" },
    { "verify.attachment": () => ({ media_type: "image/svg+xml", base64: svg }) },
  );
  await screen.findByRole("region", { name: "核验结论" });
  await tab(/附件/);
  expect(await screen.findByText(/不在窗口内显示/)).toBeDefined();
  expectInert();
});

test("a refusal from the program is text as well", async () => {
  const hostile = HOSTILE[1] ?? "";
  const refuse = {
    "verify.file": () => {
      throw {
        code: hostile,
        fact: { zh: hostile, en: hostile },
        advice: { zh: hostile, en: hostile },
        cause: null,
      };
    },
  };
  showApp({ page: "verify", path: "/demo/a.zzdossier" }, refuse);
  expect((await screen.findByRole("alert")).textContent).toContain(hostile);
  expectInert();
});
