// One thing to do next on each of the main pages.

import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Route } from "../route";
import { DRAFT } from "../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../test/data/session";
import { HEFEI } from "../test/data/verify";
import type { Answers } from "../test/fakeHost";
import { showApp } from "../test/render";

const primary = () =>
  [...document.querySelectorAll("main .ant-btn-primary")].map((button) => button.textContent);
const firm = (): Answers => sessionOf(session({ profile: FIRM }));
const none = (): Answers => ({});
const untrusted = {
  ...HEFEI,
  report: {
    ...HEFEI.report,
    checks: HEFEI.report.checks.map((check) => ({
      ...check,
      code: "TRUST-MISSING",
      outcome: "pending" as const,
    })),
  },
};

const PAGES: [string, Route, () => Answers, RegExp][] = [
  ["核验", { page: "verify", path: null }, none, /选择档案/],
  [
    "核验结果，没有信任数据",
    { page: "verify", path: HEFEI.path },
    () => ({ "verify.file": () => untrusted }),
    /收件/,
  ],
  ["台账", { page: "cases" }, none, /./],
  ["名册", { page: "register" }, none, /新增企业/],
  ["新增企业", { page: "firm", id: null }, none, /保\s?存/],
  ["签发", { page: "issued" }, none, /签发凭证/],
  ["签发凭证", { page: "issue", firms: [] }, none, /签发/],
  ["新建请求", { page: "newRequest" }, none, /./],
  ["首页", { page: "home" }, firm, /./],
  ["资质凭证", { page: "held" }, firm, /导入凭证/],
  ["企业自述", { page: "declare" }, firm, /签\s?名/],
  ["档案", { page: "drafts" }, firm, /./],
  ["准备档案", { page: "draft", id: DRAFT.line.id }, firm, /下一步/],
  ["信任数据", { page: "trust", from: null }, none, /./],
];

test.each(PAGES)("%s has one primary button", async (_, route, own, said) => {
  showApp(route, own());
  await waitFor(() => expect(primary()).toHaveLength(1));
  expect(primary()[0]).toMatch(said);
});

test("so has the check of a dossier, whose own button is none", async () => {
  const { user } = showApp({ page: "draft", id: DRAFT.line.id }, firm());
  await user.click(await screen.findByText("自检"));
  await screen.findByText("先看看接收方会得出什么结论");
  expect(primary()).toEqual(["下一步"]);
});
