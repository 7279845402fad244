import { expect, test } from "vitest";
import { antTheme, DARK, LIGHT, type Palette, rowHeight, type Tone, variables } from "./theme";

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** AA for text of any size. */
const ENOUGH = 4.5;

const pairs = (palette: Palette): [name: string, text: string, ground: string][] => [
  ...(["floor", "surface", "raised", "primaryGround"] as const).flatMap(
    (ground): [string, string, string][] => [
      [`ink on ${ground}`, palette.ink, palette[ground]],
      [`quiet on ${ground}`, palette.quiet, palette[ground]],
      [`primary on ${ground}`, palette.primary, palette[ground]],
    ],
  ),
  ["the words on the primary button", palette.onPrimary, palette.primary],
  ...(Object.keys(palette.tones) as Tone[]).flatMap((tone): [string, string, string][] => {
    const { text, ground, solid, onSolid } = palette.tones[tone];
    return [
      [`${tone} on its ground`, text, ground],
      [`${tone} on a surface`, text, palette.surface],
      [`${tone} on a raised surface`, text, palette.raised],
      [`words on full ${tone}`, onSolid, solid],
    ];
  }),
];

for (const [look, palette] of [
  ["light", LIGHT],
  ["dark", DARK],
] as const)
  for (const [name, text, ground] of pairs(palette))
    test(`${look}: ${name} can be read`, () => {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(ENOUGH);
    });

test("the four verdicts have four grounds", () => {
  for (const { tones } of [LIGHT, DARK]) {
    const grounds = [tones.pass, tones.warning, tones.pending, tones.fail].map(({ solid }) => solid);
    expect(new Set(grounds).size).toBe(4);
  }
});

test("the larger text is larger in Ant Design and in our own sheets alike", () => {
  const normal = { dark: false, large: false, still: false };
  const large = { ...normal, large: true };
  expect(antTheme(large).token?.fontSize).toBe((antTheme(normal).token?.fontSize ?? 0) * 1.25);
  expect(variables(large)["--type-text"]).toBe("17.5px");
  expect(rowHeight(true)).toBeGreaterThan(rowHeight(false));
});

test("whoever asks for less motion gets none", () => {
  expect(antTheme({ dark: false, large: false, still: true }).token?.motion).toBe(false);
});
