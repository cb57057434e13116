/** Something that the person at the keyboard has to solve. Its message is one sentence that says what to do. */
export class SetupError extends Error {}

/** Prints one line for the person who waits. */
export function say(line) {
  console.log(line);
}

/**
 * Runs a script to its end. A `SetupError` becomes its one sentence, any other error its message, and both exit with 1.
 * @param {() => Promise<number | undefined>} main resolves with the exit code
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(error instanceof SetupError || !process.env.PUSHDESK_DEBUG ? error.message : error.stack);
    process.exitCode = 1;
  }
}

/** A duration for people: `0.4 s`, `12 s`, `3 min 5 s`. */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
