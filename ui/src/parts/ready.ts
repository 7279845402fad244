let marked = false;

/** Marks once that the first useful screen has been painted; the start of the window is measured up to it. */
export function markReady() {
  if (marked) return;
  marked = true;
  // The frame that shows what React has just put in place is the one before the second call.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("ready")));
}
