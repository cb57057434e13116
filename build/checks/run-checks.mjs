import { hasDisplay, startVirtualDisplay } from '../setup/display.mjs';
import { say } from '../setup/say.mjs';
import { summaryOf } from './summary.mjs';
import { runSteps } from './run-steps.mjs';
import { stepsNamed } from './steps.mjs';

/**
 * Runs the checks, all of them even when one fails, and prints the sum as the last line.
 * @param {readonly string[]} names of steps; none: all
 * @returns {Promise<number>} the exit code: 0 only if something ran, all of it passed and nothing was skipped
 */
export async function runChecks(names) {
  const steps = stepsNamed(names);
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  if (display) process.env.DISPLAY = display.name;
  try {
    const { lines, ok } = summaryOf(await runSteps(steps, say));
    for (const line of lines) say(line);
    return ok ? 0 : 1;
  } finally {
    display?.stop();
  }
}
