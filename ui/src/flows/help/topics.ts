// The pages of the guide and what stands on each; the words are in help.ftl.

export const TOPICS = ["clerk", "firm", "verdict", "words", "keys"] as const;
export type Topic = (typeof TOPICS)[number];

/** The steps of a clerk's day, in order. */
export const CLERK = [
  "trust",
  "verify",
  "read",
  "receive",
  "supplement",
  "decide",
  "report",
  "month",
  "moved",
  "sync",
] as const;

/** The steps of a firm's day, in order. */
export const FIRM = [
  "start",
  "import",
  "where",
  "draft",
  "disclose",
  "check",
  "sign",
  "send",
  "answer",
  "renew",
  "sync",
] as const;

/** Words of the field. */
export const WORDS = [
  "dossier",
  "credential",
  "direct",
  "attested",
  "declared",
  "disclosure",
  "trust",
  "root",
  "status",
  "rules",
  "checklist",
  "seal",
  "uscc",
  "scenario",
  "supplement",
  "decision",
  "recovery",
  "drill",
] as const;
