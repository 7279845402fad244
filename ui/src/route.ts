// Where the person is. A route is a page's name with what it shows; every flow adds its pages to `Routes`. What a page
// wants to find again when the person comes back (a filter, a scroll position) is kept with its place in the history.

import { createContext, useCallback, useContext, useEffect, useState } from "react";

/** The pages by name, with their properties. Each flow adds its own lines through a `declare module`. */
export interface Routes {
  nowhere: Record<never, never>;
}

export type PageName = Exclude<keyof Routes, "nowhere">;
export type Route = { [P in PageName]: { page: P } & Routes[P] }[PageName];

interface Place {
  id: number;
  route: Route;
  kept: Map<string, unknown>;
}

export interface Router {
  route: Route;
  /** Changes with every step, so that a page that is opened again begins anew. */
  place: number;
  /** How many places there are to go back to. */
  behind: number;
  kept: Map<string, unknown>;
  /** Goes on to a page; `back` returns from there. */
  go(route: Route): void;
  /** Starts anew at a page, as the menu does. */
  begin(route: Route): void;
  back(): void;
  /** Puts `instead` where one of `pages` is, wherever one could go back to it; what they kept goes. */
  replace(pages: PageName[], instead: Route): void;
}

export const RouterContext = createContext<Router | null>(null);

export function useRoute(): Router {
  const router = useContext(RouterContext);
  if (!router) throw new Error("no router above this component");
  return router;
}

let placesSoFar = 0;

function at(route: Route): Place {
  placesSoFar += 1;
  return { id: placesSoFar, route, kept: new Map() };
}

export function useNewRouter(first: Route): Router {
  const [places, setPlaces] = useState<Place[]>(() => [at(first)]);
  const go = useCallback((route: Route) => setPlaces((before) => [...before, at(route)]), []);
  const begin = useCallback((route: Route) => setPlaces([at(route)]), []);
  const back = useCallback(
    () => setPlaces((before) => (before.length > 1 ? before.slice(0, -1) : before)),
    [],
  );
  const replace = useCallback(
    (pages: PageName[], instead: Route) =>
      setPlaces((before) => before.map((place) => (pages.includes(place.route.page) ? at(instead) : place))),
    [],
  );
  const here = places[places.length - 1] as Place;
  const { id: place, route, kept } = here;
  return { place, route, kept, behind: places.length - 1, go, begin, back, replace };
}

/** Does something with the files that a page was opened for, once, also where the person comes back to it. */
export function useArrived<T>(files: T | null | undefined, take: (files: T) => void) {
  const [taken, setTaken] = useKept("arrived", false);
  useEffect(() => {
    if (taken || files === null || files === undefined) return;
    setTaken(true);
    take(files);
  });
}

/** State that is still there when the person comes back to this place. */
export function useKept<T>(name: string, initial: T): [T, (value: T) => void] {
  const { kept } = useRoute();
  const [value, setValue] = useState<T>(() => (kept.has(name) ? (kept.get(name) as T) : initial));
  const keep = useCallback(
    (next: T) => {
      kept.set(name, next);
      setValue(next);
    },
    [kept, name],
  );
  return [value, keep];
}
