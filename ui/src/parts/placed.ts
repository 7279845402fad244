/** A row of a list whose rows have no identity but their place, as while somebody types them: two may be equal. */
export interface Placed<T> {
  value: T;
  place: number;
  /** For React. */
  key: string;
}

export const placed = <T>(list: readonly T[]): Placed<T>[] =>
  list.map((value, place) => ({ value, place, key: `at-${place}` }));
