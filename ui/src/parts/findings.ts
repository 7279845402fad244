// How checks are put in order, named and counted for people.

import type { Answer, Check, Outcome, Question, Report, Verified } from "../gen/wire";
import type { Speech } from "../text";

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

/** Checks that say the same of several papers, as one: the first of them with every subject. */
export function together(checks: Check[]): { check: Check; subjects: string[] }[] {
  const found = new Map<string, { check: Check; subjects: string[] }>();
  for (const check of checks) {
    const same = `${check.code} ${check.outcome} ${check.message.zh}`;
    const known = found.get(same);
    if (!known) found.set(same, { check, subjects: [check.subject] });
    else if (!known.subjects.includes(check.subject)) known.subjects.push(check.subject);
  }
  return [...found.values()];
}

/** A sentence without the whole length of a digest, which is named where it matters and only in the way here. */
export const shortened = (sentence: string): string =>
  sentence.replace(/\b([0-9a-f]{8})[0-9a-f]{56}\b/g, "$1…");

/** Checks that somebody has to look at. */
export const open = (checks: Check[]): Check[] =>
  ordered(checks).filter(({ outcome }) => outcome !== "pass" && outcome !== "info");

type Judged = Pick<Report, "checks" | "credentials" | "items">;

/** Whether a finding decides: it is on the whole, or on something required that it leaves unanswered. */
function decides({ credentials, items }: Judged): (check: Check) => boolean {
  const parts = new Set([...credentials.map(({ path }) => path), ...items.map(({ item_id }) => item_id)]);
  const wanting = items.filter(({ required, state }) => required && state !== "met");
  const needed = new Set(wanting.flatMap(({ item_id, by }) => [item_id, ...by]));
  return ({ subject }) => !parts.has(subject) || needed.has(subject);
}

/**
 * What stands behind the answer to a question, its reason first: what has the outcome of the answer itself, and of
 * that what decides, as the paper has it. An open question without an open finding is open for the sake of another's.
 */
export function behind(report: Judged, question: Question, answer: Answer): Check[] {
  const decisive = decides(report);
  const all = open(report.checks);
  const first = [...all.filter(decisive), ...all.filter((check) => !decisive(check))];
  const inOrder = READING_ORDER.flatMap((outcome) => first.filter((check) => check.outcome === outcome));
  const own = inOrder.filter((check) => check.question === question);
  const same = own.filter(({ outcome }) => outcome === answer);
  const other = own.filter(({ outcome }) => outcome !== answer);
  const elsewhere =
    answer === "pending" && same.length === 0 && other.length > 0
      ? inOrder.filter(({ outcome }) => outcome === "pending").slice(0, 1)
      : [];
  return [...same, ...elsewhere, ...other];
}

/** What the subjects of checks are called: credentials, items of the checklist, attachments. */
export function namesOf(
  { report, credentials }: Verified,
  say: Speech["say"],
): (subject: string) => string | null {
  const names = new Map<string, string>();
  for (const { path, name } of report.dossier?.attachments ?? []) names.set(path, name);
  for (const { item_id, title } of report.items) names.set(item_id, say(title));
  for (const { path, title } of credentials) names.set(path, say(title));
  return (subject) => names.get(subject) ?? null;
}

/** The codes of an end; what was taken back before what ran out. */
const ENDS = [
  ["STAT-REVOKED", "revoked"],
  ["STAT-ENDED", "ended"],
  ["STAT-SUSPENDED", "suspended"],
  ["DATE-EXPIRED", "expired"],
] as const;

/** What became of a credential, where nothing else is why it does not hold: who forged one wrote its dates, too. */
export function endOf(checks: Check[]): (typeof ENDS)[number][1] | null {
  const failed = new Set<string>(checks.filter(({ outcome }) => outcome === "fail").map(({ code }) => code));
  const ends = ENDS.filter(([code]) => failed.delete(code));
  return failed.size === 0 ? (ends[0]?.[1] ?? null) : null;
}
