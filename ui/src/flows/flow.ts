import type { ComponentType, ReactNode } from "react";
import type { HitKind, Role, SessionStatus } from "../gen/wire";
import type { PageName, Route, Routes } from "../route";

/** The groups of the menu, from top to bottom. */
export type Group = "work" | "both" | "help";

/** A line of the menu. */
export interface MenuEntry {
  route: Route;
  /** The key of the message that names it. */
  label: string;
  icon: ReactNode;
  group: Group;
  /** Position within the group. */
  order: number;
  /** For whom; absent for everybody. */
  role?: Role;
  /** Whether it shows while no database is open. */
  always?: boolean;
  /** A number beside it; nothing for 0. */
  badge?(status: SessionStatus): number;
}

/** A line of the menu with the pages of its flow. */
export type MenuLine = MenuEntry & { covers: string[] };

/** What a page is made of. */
export interface Page<P> {
  show: ComponentType<P>;
  /** Whether it needs an open database; without one, the gate stands in its place. */
  database: boolean;
}

/** Pages by name, as `Routes` names them. */
export type Pages = { [P in PageName]: Page<Routes[P]> };

/** What is opened by its kind: one by its id, or the list of all. The palette and the home page open things so. */
export type Opens = Partial<Record<HitKind | "request", (id: string | null) => Route>>;

/** A flow: its pages, its lines of the menu, and the kinds of things that it opens. */
export interface Flow<N extends PageName = PageName> {
  pages: Pick<Pages, N>;
  menu: MenuEntry[];
  opens?: Opens;
}

/** Declares a flow; only there so that the names of its pages are kept. */
export const flow = <N extends PageName>(declared: Flow<N>): Flow<N> => declared;

type Named<F> = F extends Flow<infer N> ? N : never;

/** All flows together. It does not compile while a page of `Routes` is missing. */
export function collect<const F extends { pages: object; menu: MenuEntry[]; opens?: Opens }[]>(
  ...flows: PageName extends Named<F[number]> ? F : never
): { pages: Pages; menu: MenuLine[]; opens: Opens } {
  return {
    pages: Object.assign({}, ...flows.map(({ pages }) => pages)) as Pages,
    menu: flows
      .flatMap(({ menu, pages }) => menu.map((entry) => ({ ...entry, covers: Object.keys(pages) })))
      .sort((a, b) => a.order - b.order),
    opens: Object.assign({}, ...flows.map(({ opens }) => opens)) as Opens,
  };
}
