import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Check, Report, Sentence, Verdict } from "../gen/wire";
import { HEFEI, HEFEI_ALTERED, HEFEI_STALE } from "../test/data/verify";
import { expectAccessible, showPart } from "../test/render";
import { FindingList } from "./FindingList";
import { FourQuestions } from "./FourQuestions";
import { behind, namesOf, open, ordered, shortened } from "./findings";
import { VerdictBanner } from "./VerdictBanner";

const say = ({ zh }: Sentence): string => zh;

/** Its text without the marks that Fluent puts around what it fills in. */
const plain = (element: HTMLElement): string => (element.textContent ?? "").replace(/[\u2066-\u2069]/g, "");

const WORDS: [Verdict, string][] = [
  ["passed", "通过"],
  ["passed_with_conditions", "有条件通过"],
  ["pending", "待联网复核"],
  ["failed", "不通过"],
];

test.each(WORDS)("%s has its word, its shape and a ground of its own", (verdict, word) => {
  showPart(<VerdictBanner verdict={verdict} about="甲" />);
  const banner = screen.getByRole("region", { name: "核验结论" });
  expect(within(banner).getByRole("heading", { name: word })).toBeDefined();
  expect(banner.dataset.verdict).toBe(verdict);
  expect(banner.querySelector("svg")).not.toBeNull();
});

test("the shapes of the four verdicts differ", () => {
  showPart(WORDS.map(([verdict]) => <VerdictBanner key={verdict} verdict={verdict} about="甲" />));
  const shapes = screen
    .getAllByRole("region", { name: "核验结论" })
    .map((banner) => banner.querySelector(".shape svg")?.getAttribute("data-icon"));
  expect(new Set(shapes).size).toBe(4);
});

test("the verdict takes the reader's attention where it is new", () => {
  showPart(<VerdictBanner announce verdict="failed" about="甲" />);
  expect(document.activeElement?.textContent).toBe("不通过");
});

test("each question has one sentence, and that of an open one is what leaves it open", () => {
  const { report } = HEFEI_STALE;
  showPart(<FourQuestions report={report} nameOf={namesOf(HEFEI_STALE, say)} />);
  // The dossier also has an expired paper, which is not why the question is open.
  const currency = screen.getByRole("heading", { name: "现在还有效吗？" }).parentElement as HTMLElement;
  expect(within(currency).getByText("无法判定")).toBeDefined();
  expect(currency.textContent).toContain("已有9天");
});

test("a plain yes still tells that something is to be noted", () => {
  const { report } = HEFEI;
  showPart(<FourQuestions report={report} nameOf={namesOf(HEFEI, say)} />);
  const currency = screen.getByRole("heading", { name: "现在还有效吗？" }).parentElement as HTMLElement;
  expect(plain(currency)).toContain("可选的管理体系认证不予采信。");
  expect(plain(currency)).toContain("另有 1 项需要留意");
});

test("a plain yes does not speak for a paper whose status nobody could tell", () => {
  const { report } = HEFEI;
  const paper = report.credentials.find(({ type }) => type === "management-cert");
  const unknown = { ...check("pending", "STAT-MISSING"), subject: paper?.path ?? "" };
  showPart(
    <FourQuestions
      report={{ ...report, checks: [...report.checks, unknown] }}
      nameOf={namesOf(HEFEI, say)}
    />,
  );
  const currency = screen.getByRole("heading", { name: "现在还有效吗？" }).parentElement as HTMLElement;
  expect(plain(currency)).toContain("予以采信的各项均在有效期内");
  expect(plain(currency)).toContain("可选的管理体系认证无法判定。");
});

test("a no is explained by what is required, with its name, and not by an optional paper", () => {
  const [licence, incubatee] = HEFEI.report.credentials;
  const paper = HEFEI.report.credentials.find(({ type }) => type === "management-cert");
  const revoked = { ...check("fail", "STAT-REVOKED"), subject: incubatee?.path ?? "" };
  const expired = { ...check("fail", "DATE-EXPIRED"), subject: paper?.path ?? "" };
  const open = { ...check("pending", "STAT-STALE"), subject: licence?.path ?? "" };
  const report: Report = {
    ...HEFEI.report,
    checks: [expired, open, revoked],
    questions: { ...HEFEI.report.questions, currency: "fail" },
    items: HEFEI.report.items.map((item) =>
      item.item_id === "incubatee" ? { ...item, state: "insufficient", by: [revoked.subject] } : item,
    ),
  };
  expect(behind(report, "currency", "fail")).toEqual([revoked, expired, open]);
  showPart(<FourQuestions report={report} nameOf={namesOf(HEFEI, say)} />);
  const currency = screen.getByRole("heading", { name: "现在还有效吗？" }).parentElement as HTMLElement;
  expect(plain(currency)).toContain("在孵企业证明：STAT-REVOKED");
  expect(plain(currency)).toContain("另有 2 项");
});

test("an open question without an open finding of its own says what leaves it open", () => {
  const scope: Check = { ...check("pending", "REG-SCOPE"), question: "recognition", subject: "rule_pack" };
  const expired = { ...check("fail", "DATE-EXPIRED"), subject: "credentials/009.sdjwt" };
  const report = { ...HEFEI.report, checks: [expired, scope], items: [] };
  expect(behind(report, "currency", "pending")).toEqual([scope, expired]);
});

test("findings come the worst first, each once, with advice and a code that is copied with them", async () => {
  const { report, advice } = HEFEI_ALTERED;
  const some = [...report.checks.slice(0, 12), ...open(report.checks)];
  const { user, host } = showPart(
    <FindingList checks={[...some, ...some]} advice={advice} titleOf={() => "某份材料"} />,
  );
  const lines = screen.getAllByRole("listitem");
  expect(lines.length).toBe(ordered(some).length);
  expect(lines[0]?.textContent).toContain("不成立");
  await user.click(screen.getByRole("button", { name: "复制 HASH-ATTACH 的说明" }));
  expect(host.copied[0]).toMatch(/^HASH-ATTACH 附件的内容/);
  await expectAccessible();
});

const check = (outcome: Check["outcome"], code: string): Check => ({
  code,
  outcome,
  question: "currency",
  subject: "",
  message: { zh: code },
  facts: {},
});

test("findings are put in order for people", () => {
  const checks = [check("pass", "A"), check("warning", "B"), check("fail", "C"), check("pending", "D")];
  expect(ordered(checks).map(({ code }) => code)).toEqual(["C", "D", "B", "A"]);
  expect(open(checks).map(({ code }) => code)).toEqual(["C", "D", "B"]);
  const report = { checks, credentials: [], items: [] };
  expect(behind(report, "currency", "pending").map(({ code }) => code)).toEqual(["D", "C", "B"]);
  expect(behind(report, "issuer", "pending")).toEqual([]);
});

test("a digest in a sentence is cut, other numbers are not", () => {
  expect(shortened(`附件 attachments/${"a1".repeat(32)} 无法读取`)).toBe(
    "附件 attachments/a1a1a1a1… 无法读取",
  );
  expect(shortened("编号2026340104990001")).toBe("编号2026340104990001");
});

test("an English reader gets Chinese where a rule pack gives nothing else", () => {
  showPart(<FindingList checks={[check("warning", "只有中文")]} advice={[]} />);
  expect(screen.getByText(/只有中文/, { selector: "p" })).toBeDefined();
});
