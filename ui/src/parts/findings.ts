// How checks are put in order, named and counted for people.

import type { Check, Outcome, Question, Report } from "../gen/wire";

export const QUESTIONS: Question[] = ["integrity", "issuer", "currency", "recognition"];

/** The worst first. */
export const READING_ORDER: Outcome[] = ["fail", "pending", "warning", "info", "pass"];

/** What distinguishes a check from another: its code on its subject with its message. */
export const identity = (check: Check): string => `${check.code} ${check.subject} ${check.message.zh}`;

/** Every check once, the worst first, otherwise in the order of the report. */
export function ordered(checks: Check[]): Check[] {
  const once = new Map(checks.map((check) => [identity(check), check]));
  return READING_ORDER.flatMap((outcome) => [...once.values()].filter((check) => check.outcome === outcome));
}

/** Checks that somebody has to look at. */
export const open = (checks: Check[]): Check[] =>
  ordered(checks).filter(({ outcome }) => outcome !== "pass" && outcome !== "info");

/** What stands behind the answer to a question that is not a plain yes. */
export const behind = (checks: Check[], question: Question): Check[] =>
  open(checks).filter((check) => check.question === question);

/** What a check looked at, as it is called; the whole dossier where it names nothing. */
export function subjectTitle(report: Report, titles: Map<string, string>, subject: string): string | null {
  const item = report.items.find(({ item_id }) => item_id === subject);
  const attachment = report.dossier?.attachments.find(({ path }) => path === subject);
  return titles.get(subject) ?? item?.title.zh ?? attachment?.name ?? null;
}
