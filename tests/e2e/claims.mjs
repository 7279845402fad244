// What a run claims, counted. Every claim prints a line; the last line is "N passed, N failed".

let passed = 0;
let failed = 0;

/** Prints a sentence with whether it holds; `seen` is shown where it does not. */
export function claim(sentence, holds, seen) {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`${holds ? "ok" : "FAILED"} - ${sentence}${holds ? "" : `\n  seen: ${seen}`}`);
}

/** Runs one part of a journey; a fault in it is a failed claim and not the end of the run. */
export async function part(name, work) {
  try {
    await work();
  } catch (error) {
    claim(name, false, error.stack);
  }
}

/** Prints the closing line and ends the program. */
export function finish() {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
