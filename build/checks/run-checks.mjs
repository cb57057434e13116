import { hasDisplay, startVirtualDisplay } from '../setup/display.mjs';
import { duration, say } from '../setup/say.mjs';
import { stepsNamed } from './steps.mjs';

/**
 * Runs the checks one after the other, all of them even when one fails, and prints the sum as the last line.
 * @param {readonly string[]} names of steps; none: all
 * @returns {Promise<number>} the exit code: 0 only if something ran, all of it passed and nothing was skipped
 */
export async function runChecks(names) {
  const steps = stepsNamed(names);
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  if (display) process.env.DISPLAY = display.name;
  try {
    return report(await runAll(steps));
  } finally {
    display?.stop();
  }
}

async function runAll(steps) {
  const results = [];
  for (const { title, run } of steps) {
    say(`\n— ${title}`);
    const start = performance.now();
    const count = await run();
    results.push({ title, ...count, time: duration(performance.now() - start) });
  }
  return results;
}

function report(results) {
  say('');
  for (const { title, passed, failed, skipped, time } of results) {
    const mark = failed + skipped === 0 ? 'ok    ' : 'FAILED';
    const numbers = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    say(`${mark} ${title.padEnd(32)} ${numbers} (${time})`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const skipped = sum('skipped');
  if (skipped > 0) say(`${skipped} skipped tests count as failed.`);
  const passed = sum('passed');
  const failed = sum('failed') + skipped;
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
