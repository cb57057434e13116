/** Something that only the person at the keyboard can solve. Its message is one sentence that says what to do. */
export class SetupError extends Error {}

/**
 * Prints one line for the person who is waiting.
 * @param {string} line
 */
export function say(line) {
  console.log(line);
}

/**
 * A duration for people: `0.4 s`, `12 s`, `3 min 5 s`.
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
