// A table of any length: only the rows in sight exist, and the next page is asked for before the end comes into sight.

import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useKept, useRoute } from "../route";
import { Busy } from "./Busy";
import { type Column, cardsAcross, folded, layoutOf, narrowest, scaled } from "./columns";
import { useLook } from "./Look";
import { useSorted } from "./sorting";
import { cardHeight, rowHeight } from "./theme";

export type { Column } from "./columns";

interface Props<Row> {
  /** What the table is, for whoever hears it; also names its position in the history. */
  name: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey(row: Row): string;
  /** Opens a row: a click, or Enter. */
  onOpen?(row: Row): void;
  /** The column by whose names the program puts the whole list in order when asked, and whether it does. */
  byName?: { key: string; on: boolean; turn(): void };
  /** Asks for the next page. */
  more(): void;
  /** Whether everything is here. */
  whole: boolean;
  busy: boolean;
  /** Lines of text in a row. */
  lines?: 1 | 2 | 3;
  /** What stands there without rows. */
  empty: ReactNode;
}

/** How many rows before the end the next page is asked for. */
const AHEAD = 20;

/** The width that rows have, as it changes. */
function useRoom(scroll: RefObject<HTMLDivElement | null>): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const measure = () => setRoom(element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [scroll]);
  return room;
}

interface CellsProps<Row> {
  row: Row;
  columns: Column<Row>[];
}

/** The cells of a row. They are made once and not with every step of the wheel. */
const Cells = memo(function Cells<Row>({ row, columns }: CellsProps<Row>) {
  return columns.map((column) => (
    <td key={column.key} className={column.align} data-title={column.title}>
      {column.wraps ? <span className="clamped">{column.cell(row)}</span> : column.cell(row)}
    </td>
  ));
}) as <Row>(props: CellsProps<Row>) => ReactNode;

export function WindowedTable<Row>(props: Props<Row>) {
  const { name, rowKey, onOpen, more, whole, busy, empty, byName, lines = 1 } = props;
  const { large } = useLook();
  const { rows, sorting, turn } = useSorted(name, props.columns, props.rows);
  // Kept without a render: it changes with every step of the wheel.
  const { kept: place } = useRoute();
  const [current, keepCurrent] = useKept(`${name}-row`, 0);
  const [focus, setFocus] = useState(0);
  const scroll = useRef<HTMLDivElement>(null);
  const room = useRoom(scroll);
  const layout = layoutOf(props.columns, room, large);
  const columns = useMemo(
    () => (layout === "folded" ? folded(props.columns) : props.columns),
    [layout, props.columns],
  );
  const across = cardsAcross(room, large);
  const tall =
    layout === "beside"
      ? rowHeight(large, lines)
      : layout === "folded"
        ? rowHeight(large, lines === 1 ? 2 : lines)
        : cardHeight(large, Math.ceil(columns.length / across));
  // Keyed by what the rows are; the same function as long as the rows are the same, or every place is measured anew.
  const keyOf = useRef(rowKey);
  useEffect(() => {
    keyOf.current = rowKey;
  });
  const getItemKey = useCallback(
    (index: number) => (rows[index] ? keyOf.current(rows[index]) : index),
    [rows],
  );
  const known = useRef(tall);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => tall,
    overscan: 8,
    initialOffset: () => (place.get(`${name}-offset`) as number | undefined) ?? 0,
    getItemKey,
  });
  // Rows of another height lie elsewhere.
  useLayoutEffect(() => {
    if (known.current !== tall) virtual.measure();
    known.current = tall;
  }, [tall, virtual]);
  const items = virtual.getVirtualItems();
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (!whole && !busy && last >= rows.length - AHEAD) more();
  }, [last, rows.length, whole, busy, more]);
  // The row gets the focus only after a key asked for it: it may have to be scrolled into being first.
  useEffect(() => {
    if (focus > 0) scroll.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus();
  }, [focus, current]);

  const step = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    virtual.scrollToIndex(next);
    keepCurrent(next);
    requestAnimationFrame(() => setFocus((n) => n + 1));
  };
  const pressed = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? tall) / tall) - 1);
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      step(move);
    } else if (event.key === "Enter" && event.target === event.currentTarget && rows[current]) {
      onOpen?.(rows[current]);
    }
  };
  const top = () => {
    keepCurrent(0);
    virtual.scrollToOffset(0);
  };
  const orderOf = (column: Column<Row>): Order | undefined => {
    if (byName?.key === column.key)
      return {
        now: byName.on ? "ascending" : "none",
        turn: () => {
          byName.turn();
          top();
        },
      };
    if (!column.by) return undefined;
    const now = sorting?.key !== column.key ? "none" : sorting.down ? "descending" : "ascending";
    return {
      now,
      turn: () => {
        turn(column.key);
        keepCurrent(0);
      },
    };
  };
  const tracks =
    layout === "cards"
      ? `repeat(${across}, minmax(0, 1fr))`
      : columns.map(({ width }) => scaled(width, large)).join(" ");
  const kept = Math.min(current, Math.max(0, rows.length - 1));

  return (
    <div className={`windowed ${layout} lines-${lines}${columns.some(orderOf) ? " sorts" : ""}`}>
      <div
        ref={scroll}
        className="windowed-scroll"
        onScroll={({ currentTarget }) => place.set(`${name}-offset`, currentTarget.scrollTop)}
      >
        <table
          style={{ "--narrowest": `${narrowest(props.columns, large)}px` } as CSSProperties}
          aria-label={name}
          aria-rowcount={whole ? rows.length + 1 : -1}
          aria-busy={busy}
        >
          <thead className="windowed-head">
            <tr aria-rowindex={1} className="windowed-row" style={{ gridTemplateColumns: tracks }}>
              {columns.map((column) => (
                <Head key={column.key} column={column} order={orderOf(column)} />
              ))}
            </tr>
          </thead>
          <tbody className="windowed-body" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, key, start }) => {
              const row = rows[index];
              if (!row) return null;
              return (
                <tr
                  key={key}
                  aria-rowindex={index + 2}
                  data-index={index}
                  tabIndex={index === kept ? 0 : -1}
                  className={`windowed-row${onOpen ? " opens" : ""}`}
                  style={{ gridTemplateColumns: tracks, height: tall, transform: `translateY(${start}px)` }}
                  onClick={() => {
                    keepCurrent(index);
                    onOpen?.(row);
                  }}
                  onFocus={() => keepCurrent(index)}
                  onKeyDown={pressed}
                >
                  <Cells row={row} columns={columns} />
                </tr>
              );
            })}
          </tbody>
        </table>
        {rows.length === 0 && !busy && empty}
        {busy && <Busy className="windowed-busy" />}
      </div>
    </div>
  );
}

/** How the rows stand by a column, and what a click on its head does. */
interface Order {
  now: "none" | "ascending" | "descending";
  turn(): void;
}

interface HeadProps<Row> {
  column: Column<Row>;
  order: Order | undefined;
}

/** The head of a column; one that rows can be put in order by is a button. */
function Head<Row>({ column: { title, align }, order }: HeadProps<Row>) {
  if (!order)
    return (
      <th scope="col" className={align}>
        {title}
      </th>
    );
  return (
    <th scope="col" className={align} aria-sort={order.now}>
      <button type="button" className="windowed-sort" onClick={order.turn}>
        {title} <span aria-hidden>{{ none: "↕", ascending: "↑", descending: "↓" }[order.now]}</span>
      </button>
    </th>
  );
}
