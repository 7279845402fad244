import { expect, test } from "vitest";
import type { Check } from "../gen/wire";
import { endOf } from "./findings";

const failed = (...codes: Check["code"][]): Check[] =>
  codes.map((code) => ({
    code,
    outcome: "fail",
    question: "currency",
    subject: "credentials/1.sdjwt",
    message: { zh: code, en: code },
    facts: {},
  }));

test.each([
  [["DATE-EXPIRED"], "expired"],
  [["DATE-EXPIRED", "STAT-REVOKED"], "revoked"],
  [["SIG-INVALID", "DATE-EXPIRED"], null],
  [["ISS-UNKNOWN", "STAT-REVOKED"], null],
  [["SUBJ-USCC"], null],
  [[], null],
] as const)("%j: a credential ended only where nothing else is wrong with it", (codes, end) => {
  expect(endOf(failed(...codes))).toBe(end);
});
