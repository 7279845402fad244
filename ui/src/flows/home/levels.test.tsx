// A credential is reminded of 90, 30 and 7 days before its end: three words, three shapes, here and in the list of what is held.

import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { HeldLine } from "../../gen/wire";
import { HELD, answers as homeOf } from "../../test/data/home";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { expectAccessible, showApp } from "../../test/render";
import { endsWithin } from "../hold/marks";

const [, some] = HELD;
if (!some) throw new Error("nothing held");
const ending = (days_left: number | null, own: Partial<HeldLine> = {}): HeldLine => ({
  ...some,
  id: `in-${days_left}`,
  title: { zh: `凭证 ${days_left}`, en: "A credential" },
  days_left,
  standing: days_left === null || days_left > 90 ? "valid" : "expiring",
  ...own,
});

test.each([
  [null, null],
  [91, null],
  [90, 90],
  [31, 90],
  [30, 30],
  [8, 30],
  [7, 7],
  [0, 7],
  [-1, null],
])("%s days before its end: the reminder of %s", (left, days) => {
  expect(endsWithin(ending(left))?.days ?? null).toBe(days);
});

test("what does not hold is told as that, however many days it would have", () => {
  for (const standing of ["revoked", "ended", "suspended", "expired", "unknown"] as const)
    expect(endsWithin(ending(5, { standing }))).toBeNull();
});

test.each(["home", "held"] as const)("on %s the three differ in word and shape", async (page) => {
  const credentials = [ending(7), ending(30), ending(90)];
  showApp(
    { page },
    { ...sessionOf(session({ profile: FIRM })), ...homeOf(), "hold.list": () => ({ credentials }) },
  );
  const marks = [];
  for (const days of [7, 30, 90]) marks.push((await screen.findByText(`${days} 天内到期`)).closest(".mark"));
  expect(new Set(marks.map((mark) => mark?.querySelector("path")?.getAttribute("d"))).size).toBe(3);
  expect(within(document.body).queryByText("即将到期")).toBeNull();
  await expectAccessible();
});
