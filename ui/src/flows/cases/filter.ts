import type { FindCases } from "../../gen/wire";

/** What is asked of the ledger, but for the page. */
export type CaseFilter = Omit<FindCases, "after" | "limit">;

/** Every case. */
export const EVERYTHING: CaseFilter = {
  text: "",
  states: [],
  verdicts: [],
  scenario: null,
  from: null,
  to: null,
  overdue: false,
  by_name: false,
};
