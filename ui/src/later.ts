// Code and texts that are read when they are first needed, or as soon as the first screen stands. What the first screen
// needs itself is imported as usual: every kilobyte there is read before anything is seen.

import { type ComponentType, createElement, use } from "react";
import { restOfChinese } from "./text/chinese";

const ahead: (() => Promise<unknown>)[] = [];

/** Something that is read once: at once where it was read before, else the nearest `Suspense` waits for it. */
export function once<T extends object>(load: () => Promise<T>): () => T {
  let here: T | undefined;
  let reading: Promise<T> | undefined;
  const read = () => {
    reading ??= load().then((there) => {
      here = there;
      return there;
    });
    return reading;
  };
  ahead.push(read);
  return () => here ?? use(read());
}

/** A component that stands for one whose code and texts are read later. Whoever shows it puts a `Suspense` around it. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const component = once(async () => (await Promise.all([load(), restOfChinese()]))[0]);
  return (props) => createElement(component(), props);
}

/** Reads the rest, one part after the other, so that no later click waits for it. */
export async function readAhead() {
  for (let read = ahead.shift(); read; read = ahead.shift()) await read();
}
