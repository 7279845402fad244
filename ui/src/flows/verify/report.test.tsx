import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LanguageContext, message, moment, said } from "../../text";
import { en } from "../../text/en";
import { zh } from "../../text/zh";
import { ReportView } from "./ReportView";
import { allChecks, type Check, days, grouped, type Report, reasons } from "./report";

const check = (code: string, outcome: Check["outcome"], more: Partial<Check> = {}): Check => ({
  code,
  outcome,
  question: "integrity",
  subject: "credentials/001.sdjwt",
  message: { zh: `${code} 的说明`, en: `about ${code}` },
  ...more,
});

const report = (more: Partial<Report> = {}): Report => ({
  verdict: "failed",
  file: { name: "样例.zzdossier", sha256: "0123456789abcdef".repeat(4), size: 1 },
  basis: {
    verified_at: "2026-11-23T02:00:00Z",
    online: false,
    trust: { timestamp: "2026-11-14T10:00:00Z", age_seconds: 9 * 86_400 },
    rule_pack: { id: "sh-songjiang", version: 3 },
    status: [],
  },
  questions: { integrity: "fail", issuer: "pass", currency: "pending", recognition: "pass" },
  credentials: [],
  items: [],
  checks: [check("SIG-INVALID", "fail")],
  ...more,
});

const shown = (value: Report, language: "zh" | "en" = "zh") =>
  renderToStaticMarkup(
    <LanguageContext value={language}>
      <ReportView report={value} />
    </LanguageContext>,
  );

test("a check listed under its credential and by itself is shown once", () => {
  const one = check("SIG-INVALID", "fail");
  const both = report({ checks: [one], credentials: [{ path: one.subject, checks: [one] }] });
  expect(allChecks(both)).toHaveLength(1);
});

test("the reason for a question is its worst check, and checks of other questions are no reason", () => {
  const checks = [
    check("STAT-STALE", "pending"),
    check("SIG-INVALID", "fail"),
    check("ISS-SCOPE", "fail", { question: "issuer" }),
    check("SIG-ALG", "pass"),
  ];
  expect(reasons(checks, "integrity").map((found) => found.code)).toEqual(["SIG-INVALID", "STAT-STALE"]);
});

test("the verdict is a word in each language and not only a colour", () => {
  expect(shown(report())).toContain("<h1>不通过</h1>");
  expect(shown(report(), "en")).toContain("<h1>Failed</h1>");
  expect(shown(report({ verdict: "pending" }))).toContain("<h1>待联网复核</h1>");
});

test("a question that was not answered with yes says why", () => {
  expect(shown(report())).toContain("SIG-INVALID 的说明");
});

test("an unanswered question without any check does not look like a pass", () => {
  expect(shown(report({ checks: [] }))).toContain(zh.says_nothing);
});

test("text from a dossier stays text", () => {
  const hostile = "<img src=x onerror=alert(1)>";
  const html = shown(
    report({
      file: { name: hostile, sha256: "00", size: 1 },
      dossier: { firm: { name: hostile, uscc: hostile } },
      checks: [check("SIG-INVALID", "fail", { subject: hostile, message: { zh: hostile } })],
    }),
  );
  expect(html).not.toContain("<img");
  expect(html.split("&lt;img").length).toBeGreaterThan(4);
});

test("the age of the data stands beside its date", () => {
  expect(shown(report())).toContain("2026年11月14日 18:00（9 天前）");
});

test("missing trust data is said and not left blank", () => {
  const none = report({ basis: { verified_at: "2026-11-23T02:00:00Z", online: false, trust: null } });
  expect(shown(none)).toContain(`<dd>${zh.unknown}</dd>`);
});

test("both catalogues use the same placeholders", () => {
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
    expect(en[key].includes("{n}"), key).toBe(zh[key].includes("{n}"));
  }
});

test("no message is empty", () => {
  for (const text of [...Object.values(zh), ...Object.values(en)]) expect(text.trim()).not.toBe("");
});

test("small forms", () => {
  expect(grouped("0123456789")).toBe("0123 4567 89");
  expect(days(86_399)).toBe(0);
  expect(days(86_400)).toBe(1);
  expect(said("en", { zh: "只有中文" })).toBe("只有中文");
  expect(message("zh", "daysAgo", 3)).toBe("3 天前");
  expect(moment("zh", "not a date")).toBe("not a date");
});
