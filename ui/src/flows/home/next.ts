// What a firm does next: the first of these that holds.

import type { DraftLine, HeldLine, RequestLine, SessionStatus } from "../../gen/wire";
import { present } from "../../parts/clock";

/** The next step, and what it is about. */
export type Next =
  | { step: "trust" }
  | { step: "backup" }
  | { step: "import" }
  | { step: "renew"; held: HeldLine }
  | { step: "supplement"; draft: DraftLine; more: number }
  | { step: "answer"; request: RequestLine }
  | { step: "sign"; draft: DraftLine }
  | { step: "hand"; draft: DraftLine }
  | { step: "begin" };

/** Days before the end of a credential from which it is told. */
export const SOON = 90;

/** Whether somebody has to look at a credential: it ends soon, has ended, does not hold, or stands otherwise than before. */
export const isDue = ({ standing, days_left, moved }: HeldLine): boolean =>
  moved !== null || standing !== "valid" || (days_left !== null && days_left <= SOON);

/** Requests of others that still wait for an answer. */
export const isOpen = ({ ours, answered, over }: RequestLine): boolean => !ours && !answered && !over;

/** Days after which a condition that is over is told no longer: whether it was met only the destination knows. */
const TOLD_AFTER = 30;

/** Whether a destination waits for something until a day. */
export const isAwaited = ({ due, outcome, days_left }: DraftLine): boolean =>
  due !== null && (outcome !== "accepted_with_conditions" || (days_left ?? 0) >= -TOLD_AFTER);

/** Whether a credential stands in the way of an application. */
const isOver = ({ standing }: HeldLine): boolean =>
  standing === "expired" || standing === "revoked" || standing === "ended";

/** Days after which a dossier that was signed is not the next thing any more: nobody here knows when it was handed in. */
const HANDED_WITHIN = 7;
const DAY = 24 * 60 * 60 * 1000;

/** Whether a dossier was signed a moment ago and nobody decided on it. In a drill time stands still. */
const toHand = ({ state, outcome, signed, overtaken }: DraftLine, drill: boolean, now: number): boolean =>
  state === "signed" &&
  outcome === null &&
  overtaken === null &&
  signed !== null &&
  (drill || now - Date.parse(signed) <= HANDED_WITHIN * DAY);

export function nextOf(
  { trust, waiting, drill }: SessionStatus,
  held: HeldLine[],
  requests: RequestLine[],
  drafts: DraftLine[],
  now = present(),
): Next {
  if (!trust.present || trust.expired) return { step: "trust" };
  // Whoever asks for more waits until a day; what is added is signed again.
  const asked = drafts.filter(
    ({ state, outcome, overtaken }) =>
      state === "draft" && outcome === "supplement_required" && overtaken === null,
  );
  const [newest] = asked;
  if (newest) return { step: "supplement", draft: newest, more: asked.length - 1 };
  const signed = drafts.find((draft) => toHand(draft, drill, now));
  if (signed) return { step: "hand", draft: signed };
  // A drill has nothing worth keeping.
  if (waiting?.backup_due && !drill) return { step: "backup" };
  if (held.length === 0) return { step: "import" };
  const request = requests.find(isOpen);
  if (request) return { step: "answer", request };
  const draft = drafts.find(({ state, overtaken }) => state === "draft" && overtaken === null);
  if (draft) return { step: "sign", draft };
  const over = held.find(isOver);
  if (over) return { step: "renew", held: over };
  return { step: "begin" };
}
