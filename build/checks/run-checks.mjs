import { hasDisplay, startVirtualDisplay } from '../setup/display.mjs';
import { say } from '../setup/say.mjs';
import { summaryOf } from './summary.mjs';
import { runSteps } from './run-steps.mjs';

/**
 * Runs the checks, all of them even when one fails, and prints the totals as the last line.
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {Promise<unknown>} setUp everything beyond the packages
 * @returns {Promise<number>} the exit code: 0 only if something ran, all of it passed and nothing was skipped
 */
export async function runChecks(steps, setUp) {
  const ready = setUp.then(async () => {
    if (hasDisplay() || !steps.some(({ needs }) => needs?.includes('app'))) return undefined;
    const display = await startVirtualDisplay();
    process.env['DISPLAY'] = display.name;
    return display;
  });
  try {
    const { lines, ok } = summaryOf(await runSteps(steps, { say, ready }));
    for (const line of lines) say(line);
    return ok ? 0 : 1;
  } finally {
    (await ready.catch(() => undefined))?.stop();
  }
}
