// How soon a passphrase would be guessed, in words. Only a guide: the program itself refuses what is far too weak.

export type Strength = "short" | "weak" | "fair" | "strong";

/** Fewer characters are not taken by the program. */
const SHORTEST = 8;
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
  const characters = Array.from(passphrase);
  const distinct = new Set(characters).size;
  if (characters.length < SHORTEST || distinct < 3) return "short";
  const among = KINDS.reduce((sum, [kind, size]) => sum + (kind.test(passphrase) ? size : 0), 0);
  let worth = 0;
  characters.forEach((character, index) => {
    const before = characters[index - 1]?.codePointAt(0);
    const step = before === undefined ? 9 : (character.codePointAt(0) ?? 0) - before;
    worth += Math.abs(step) <= 1 ? RUN : 1;
  });
  const bits = Math.log2(among) * Math.min(worth, distinct * 2);
  if (bits < FAIR) return "weak";
  return bits < STRONG ? "fair" : "strong";
}
