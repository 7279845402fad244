// The report as docs/formats.md describes it, reduced to what this screen shows.

export interface Sentence {
  zh: string;
  en?: string;
}

export type Verdict = "passed" | "passed_with_conditions" | "pending" | "failed";
export type Outcome = "pass" | "info" | "warning" | "pending" | "fail";
export type Answered = "pass" | "fail" | "pending";

export const QUESTIONS = ["integrity", "issuer", "currency", "recognition"] as const;
export type Question = (typeof QUESTIONS)[number];

export interface Check {
  code: string;
  outcome: Outcome;
  question: Question;
  subject: string;
  message: Sentence;
}

export interface Report {
  verdict: Verdict;
  file: { name: string; sha256: string; size: number };
  dossier?: { firm?: { name?: string; uscc?: string }; [other: string]: unknown };
  basis: {
    verified_at: string;
    online: boolean;
    trust?: { timestamp?: string | null; age_seconds?: number | null } | null;
    rule_pack?: { id: string; version: number } | null;
    status?: { uri: string; iat: string; age_seconds: number }[];
  };
  questions: Record<Question, Answered>;
  credentials: { path: string; checks: Check[] }[];
  items: { item_id: string; checks: Check[] }[];
  checks: Check[];
}

/** The order in which a person should read: what is wrong, what is unknown, what to mind. */
export const READING_ORDER = ["fail", "pending", "warning", "info"] as const;
export type Listed = (typeof READING_ORDER)[number];

/** Two checks with the same of these say the same to a reader. */
export const identity = (check: Check): string =>
  JSON.stringify([check.code, check.outcome, check.subject, check.message]);

/** Every check once. A report may list one both by itself and under the credential or item it belongs to. */
export function allChecks(report: Report): Check[] {
  const every = [
    ...report.checks,
    ...report.credentials.flatMap((credential) => credential.checks),
    ...report.items.flatMap((item) => item.checks),
  ];
  const seen = new Map<string, Check>();
  for (const check of every) {
    const key = identity(check);
    if (!seen.has(key)) seen.set(key, check);
  }
  return [...seen.values()];
}

/** The checks of one outcome, in the order of the report. */
export const withOutcome = (checks: Check[], outcome: Outcome): Check[] =>
  checks.filter((check) => check.outcome === outcome);

/** Checks that explain why a question was not answered with yes, the worst first. */
export function reasons(checks: Check[], question: Question): Check[] {
  const asked = checks.filter((check) => check.question === question);
  return (["fail", "pending"] as const).flatMap((outcome) => withOutcome(asked, outcome));
}

/** Whole days in a number of seconds, for "n days ago". */
export const days = (seconds: number): number => Math.floor(seconds / 86_400);

/** A digest in groups of four, as people compare it. */
export const grouped = (hex: string): string => hex.replace(/(.{4})(?=.)/g, "$1 ");
