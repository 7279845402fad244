// The one file of sizes, spaces and colours. Ant Design's tokens and the variables of our own style sheets both come
// from it, so that a change here is a change everywhere.

import { type ThemeConfig, theme } from "antd";

export type Tone = "pass" | "warning" | "pending" | "fail" | "info" | "none";

/** A colour as text on a surface, as a quiet ground, and as a full ground with the text that stands on it. */
export interface Shade {
  text: string;
  ground: string;
  solid: string;
  onSolid: string;
}

export interface Palette {
  /** Behind everything. */
  floor: string;
  /** Cards, tables, the menu. */
  surface: string;
  /** What lies on a surface: heads of tables, hovered rows. */
  raised: string;
  line: string;
  ink: string;
  quiet: string;
  primary: string;
  onPrimary: string;
  primaryGround: string;
  tones: Record<Tone, Shade>;
}

export const LIGHT: Palette = {
  floor: "#f3f5f8",
  surface: "#ffffff",
  raised: "#f7f9fb",
  line: "#dfe5ec",
  ink: "#17212c",
  quiet: "#556270",
  primary: "#0b5cad",
  onPrimary: "#ffffff",
  primaryGround: "#e8f1fa",
  tones: {
    pass: { text: "#136c41", ground: "#e7f5ed", solid: "#14693f", onSolid: "#ffffff" },
    warning: { text: "#855000", ground: "#fdf3dc", solid: "#f3b531", onSolid: "#2a1c00" },
    pending: { text: "#5146a6", ground: "#efedfb", solid: "#53479f", onSolid: "#ffffff" },
    fail: { text: "#b02a20", ground: "#fdecea", solid: "#a8261d", onSolid: "#ffffff" },
    info: { text: "#0b5cad", ground: "#e8f1fa", solid: "#0b5cad", onSolid: "#ffffff" },
    none: { text: "#556270", ground: "#eef1f4", solid: "#556270", onSolid: "#ffffff" },
  },
};

export const DARK: Palette = {
  floor: "#10151b",
  surface: "#181f27",
  raised: "#1f2832",
  line: "#2f3b47",
  ink: "#e7ecf1",
  quiet: "#a3b0bd",
  primary: "#6fb2e3",
  onPrimary: "#0b1a26",
  primaryGround: "#1a3346",
  tones: {
    pass: { text: "#6fcf9b", ground: "#15311f", solid: "#14633c", onSolid: "#ffffff" },
    warning: { text: "#e8b355", ground: "#38290c", solid: "#dca02a", onSolid: "#221600" },
    pending: { text: "#b3a9f5", ground: "#29244b", solid: "#51469b", onSolid: "#ffffff" },
    fail: { text: "#f29189", ground: "#40191a", solid: "#9c231b", onSolid: "#ffffff" },
    info: { text: "#82bdea", ground: "#1a3346", solid: "#1d5b89", onSolid: "#ffffff" },
    none: { text: "#a3b0bd", ground: "#242d37", solid: "#4a5764", onSolid: "#ffffff" },
  },
};

/** The type scale in pixels: notes, text, leads, titles of sections, of pages, and the verdict. */
export const TYPE = { small: 12, text: 14, lead: 16, section: 18, page: 24, verdict: 44 } as const;

/** The spacing scale in pixels. */
export const SPACE = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 24, 6: 32, 7: 48 } as const;

export const RADIUS = { small: 4, normal: 8, large: 12 } as const;

/** 大字模式 */
export const LARGER = 1.25;

// What the packages depend on comes first: on Linux, looking for a family that is missing takes 20 ms each at the start.
export const FONT =
  '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei UI", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';
export const FONT_CODE =
  '"DejaVu Sans Mono", "Cascadia Mono", "SF Mono", "Noto Sans Mono CJK SC", ui-monospace, monospace';

export interface Look {
  dark: boolean;
  large: boolean;
  still: boolean;
}

/** Ant Design's tokens. */
export function antTheme({ dark, large, still }: Look): ThemeConfig {
  const palette = dark ? DARK : LIGHT;
  const scale = large ? LARGER : 1;
  const { tones } = palette;
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      motion: !still,
      fontFamily: FONT,
      fontFamilyCode: FONT_CODE,
      fontSize: TYPE.text * scale,
      controlHeight: Math.round(34 * scale),
      borderRadius: RADIUS.normal,
      colorPrimary: palette.primary,
      colorLink: palette.primary,
      colorSuccess: tones.pass.text,
      colorWarning: tones.warning.text,
      colorError: tones.fail.text,
      colorInfo: tones.info.text,
      colorSuccessBg: tones.pass.ground,
      colorWarningBg: tones.warning.ground,
      colorErrorBg: tones.fail.ground,
      colorInfoBg: tones.info.ground,
      colorSuccessBorder: palette.line,
      colorWarningBorder: palette.line,
      colorErrorBorder: palette.line,
      colorInfoBorder: palette.line,
      colorBgLayout: palette.floor,
      colorBgContainer: palette.surface,
      colorBgElevated: dark ? palette.raised : palette.surface,
      colorText: palette.ink,
      colorTextSecondary: palette.quiet,
      colorTextTertiary: palette.quiet,
      colorTextDescription: palette.quiet,
      colorTextPlaceholder: palette.quiet,
      colorBorder: dark ? "#465462" : "#b9c4cf",
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      colorTextLightSolid: palette.onPrimary,
    },
    components: {
      Button: { primaryColor: palette.onPrimary, dangerColor: "#ffffff" },
      Menu: {
        itemSelectedBg: palette.primaryGround,
        itemSelectedColor: palette.primary,
        itemBorderRadius: 8,
      },
      Tooltip: { colorTextLightSolid: "#ffffff", colorBgSpotlight: "#26323e" },
      Badge: { colorTextLightSolid: "#ffffff" },
      Table: {
        headerBg: palette.raised,
        headerColor: palette.quiet,
        headerSplitColor: "transparent",
        cellPaddingBlockSM: SPACE[2],
        cellPaddingInlineSM: SPACE[3],
      },
      Tabs: { titleFontSize: TYPE.text * scale, horizontalItemGutter: 28 },
    },
  };
}

/** The variables of our own style sheets. */
export function variables({ dark, large }: Look): Record<string, string> {
  const palette = dark ? DARK : LIGHT;
  const scale = large ? LARGER : 1;
  const { tones, ...plain } = palette;
  const named: Record<string, string> = { "--font": FONT, "--font-code": FONT_CODE };
  for (const [name, colour] of Object.entries(plain)) named[`--${name}`] = colour;
  for (const [tone, shade] of Object.entries(tones))
    for (const [part, colour] of Object.entries(shade)) named[`--${tone}-${part}`] = colour;
  for (const [name, size] of Object.entries(TYPE)) named[`--type-${name}`] = `${size * scale}px`;
  for (const [step, size] of Object.entries(SPACE)) named[`--space-${step}`] = `${size}px`;
  for (const [name, size] of Object.entries(RADIUS)) named[`--radius-${name}`] = `${size}px`;
  named["--row"] = `${rowHeight(large)}px`;
  return named;
}

/** The height of a row of a windowed table; fixed, so that any row can be found without measuring. */
export const rowHeight = (large: boolean, lines: 1 | 2 | 3 = 1) =>
  Math.round({ 1: 44, 2: 60, 3: 80 }[lines] * (large ? LARGER : 1));

/** The height of a row whose values stand with their names, so many below one another. */
export const cardHeight = (large: boolean, down: number) =>
  Math.round(down * 38 * (large ? LARGER : 1)) + 2 * SPACE[2];
