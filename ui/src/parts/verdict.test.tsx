import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Check, Verdict } from "../gen/wire";
import { HEFEI, HEFEI_ALTERED, HEFEI_STALE } from "../test/data/verify";
import { expectAccessible, showPart } from "../test/render";
import { FindingList } from "./FindingList";
import { FourQuestions } from "./FourQuestions";
import { behind, open, ordered, shortened } from "./findings";
import { VerdictBanner } from "./VerdictBanner";

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
  showPart(<FourQuestions questions={report.questions} checks={report.checks} />);
  // The dossier also has an expired paper, which is not why the question is open.
  const currency = screen.getByRole("heading", { name: "现在还有效吗？" }).parentElement as HTMLElement;
  expect(within(currency).getByText("无法判定")).toBeDefined();
  expect(currency.textContent).toContain("已有9天");
});

test("a plain yes still tells that something is to be noted", () => {
  const { report } = HEFEI;
  showPart(<FourQuestions questions={report.questions} checks={report.checks} />);
  expect(screen.getByText(/另有 2 项需要留意/)).toBeDefined();
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
  expect(behind(checks, "currency", "pending").map(({ code }) => code)).toEqual(["D", "C", "B"]);
  expect(behind(checks, "issuer", "pending")).toEqual([]);
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
