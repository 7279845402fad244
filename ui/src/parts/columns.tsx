// The columns of a windowed table, and how they stand in the room that there is: side by side; some of them below
// others; or, in a window that is narrow or enlarged, every value with its name. Nothing is reached by scrolling sideways.

import { Fragment, type ReactNode } from "react";
import { LARGER } from "./theme";

export interface Column<Row> {
  key: string;
  title: string;
  /** A CSS grid track with its least width in pixels: `120px`, `minmax(160px, 2fr)`. */
  width: string;
  align?: "end";
  /** Whether its words take a second line before they are cut. */
  wraps?: boolean;
  /** The column below whose value this one stands where there is no room for all side by side. */
  under?: string;
  /** What rows are sorted by where the table is here as a whole; a column without it has no order of its own. */
  by?(row: Row): string;
  cell(row: Row): ReactNode;
}

/** How columns stand. */
export type Layout = "beside" | "folded" | "cards";

/** Pixels between columns, and at both ends of a row together, as the style sheet has them. */
const GAPS = { beside: [16, 48], folded: [12, 24] } as const;

/** The least width of a value with its name before it. */
const CARD = 250;

/** A track whose pixels grow with the text. */
export const scaled = (width: string, large: boolean) =>
  large ? width.replace(/(\d+)px/g, (_, pixels) => `${Math.round(Number(pixels) * LARGER)}px`) : width;

/** The least width of the whole, so that nothing is cut. */
export function narrowest<Row>(
  columns: Column<Row>[],
  large: boolean,
  layout: keyof typeof GAPS = "beside",
): number {
  const [gap, ends] = GAPS[layout];
  const least = columns.map(({ width }) => Number(/(\d+)px/.exec(scaled(width, large))?.[1] ?? 0));
  return least.reduce((sum, one) => sum + one, gap * (columns.length - 1) + ends);
}

/** How columns stand in so many pixels; side by side as long as nobody has measured. */
export function layoutOf<Row>(columns: Column<Row>[], room: number, large: boolean): Layout {
  if (room === 0 || narrowest(columns, large) <= room) return "beside";
  return narrowest(folded(columns), large, "folded") <= room ? "folded" : "cards";
}

/** How many values with their names stand side by side. */
export const cardsAcross = (room: number, large: boolean) =>
  Math.max(1, Math.floor(room / (CARD * (large ? LARGER : 1))));

/** A value with a smaller one under it. */
export function Two({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <span className="two">
      <span>{first}</span>
      <span className="two-second">{second}</span>
    </span>
  );
}

/** The columns with those that go below others in their cells. */
export function folded<Row>(columns: Column<Row>[]): Column<Row>[] {
  const shown = columns.filter(({ under }) => under === undefined);
  return shown.map((column) => {
    const below = columns.filter(({ under }) => under === column.key);
    if (below.length === 0) return { ...column, wraps: true };
    return {
      ...column,
      title: [column, ...below].map(({ title }) => title).join(" · "),
      cell: (row) => (
        <Two
          first={column.cell(row)}
          second={below.map(({ key, cell }, place) => (
            <Fragment key={key}>
              {place > 0 && " · "}
              {cell(row)}
            </Fragment>
          ))}
        />
      ),
    };
  });
}
