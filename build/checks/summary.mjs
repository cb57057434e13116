/**
 * The end of the output: each step, then what failed and why once more (a log may be cut from the front), then the totals as the last line.
 * @param {readonly import('./run-steps.mjs').Result[]} results
 * @returns {{lines: string[], ok: boolean}} `ok`: something ran, all of it passed and nothing was skipped
 */
export function summaryOf(results) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  const passed = sum('passed');
  const skipped = sum('skipped');
  const failed = sum('failed') + skipped;
  return {
    lines: [
      '',
      ...results.map(lineOf),
      ...results.flatMap(({ title, failures = [] }) => failures.map((text) => `\nFAILED ${title}: ${text}`)),
      ...(skipped > 0 ? [`\n${skipped} skipped tests count as failed.`] : []),
      `\n${passed} passed, ${failed} failed`,
    ],
    ok: failed === 0 && passed > 0,
  };
}

/** @param {import('./run-steps.mjs').Result} result */
function lineOf({ title, passed, failed, skipped, time }) {
  const mark = failed + skipped === 0 ? 'ok    ' : 'FAILED';
  const numbers = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return `${mark} ${title.padEnd(32)} ${numbers} (${time})`;
}
