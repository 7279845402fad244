// How soon a passphrase would be guessed, in words. Only a guide: the program itself refuses what is far too weak.

export type Strength = "refused" | "weak" | "fair" | "strong";

/** Fewer characters are not taken by the program, more of them where all are digits. */
const SHORTEST = 8;
const SHORTEST_NUMBER = 12;
/** How often at least a character is not the one before it or its neighbour. */
const FEWEST_LEAPS = 3;
/** Bits below which a passphrase is weak, and from which it is strong. */
const FAIR = 45;
const STRONG = 70;

/** Kinds of characters, and how many of each there are to guess among. */
const KINDS: [RegExp, number][] = [
  [/\p{Nd}/u, 10],
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{Script=Han}/u, 2500],
  [/[^\p{L}\p{Nd}]/u, 33],
];

/** What a character that only goes on from the one before it (aaa, 123, cba) is worth. */
const RUN = 0.25;

export function strengthOf(passphrase: string): Strength {
  const characters = Array.from(passphrase, (character) => character.codePointAt(0) ?? 0);
  const leaps = characters.filter((code, index) => {
    const before = characters[index - 1];
    return before !== undefined && Math.abs(code - before) > 1;
  }).length;
  const shortest = /^\p{N}*$/u.test(passphrase) ? SHORTEST_NUMBER : SHORTEST;
  if (characters.length < shortest || leaps < FEWEST_LEAPS) return "refused";
  const among = KINDS.reduce((sum, [kind, size]) => sum + (kind.test(passphrase) ? size : 0), 0);
  // The first character is worth as much as one that leaps.
  const worth = leaps + 1 + (characters.length - leaps - 1) * RUN;
  const bits = Math.log2(among) * Math.min(worth, new Set(characters).size * 2);
  if (bits < FAIR) return "weak";
  return bits < STRONG ? "fair" : "strong";
}
