// What the clock and the calendar say in Asia/Shanghai. Deadlines are days there, and the printed paper and the
// command line tell times by it: the window must not tell another day because the machine stands elsewhere.

/** Milliseconds that Asia/Shanghai is ahead of UTC: the offset of the core, which knows no summer time either. */
const AHEAD = 8 * 3_600_000;

/** `2026-11-23 10:00` in Asia/Shanghai; nothing where it is no moment. */
export function inShanghai(at: string): string | null {
  const moment = new Date(at).getTime();
  return Number.isNaN(moment) ? null : new Date(moment + AHEAD).toISOString().slice(0, 16).replace("T", " ");
}

/** The civil date in Asia/Shanghai in so many days from now. */
export const inDays = (days: number): string =>
  new Date(Date.now() + AHEAD + days * 86_400_000).toISOString().slice(0, 10);

/** The present civil date in Asia/Shanghai. */
export const today = (): string => inDays(0);

/** The present moment, in milliseconds since 1970. */
export const present = (): number => Date.now();
