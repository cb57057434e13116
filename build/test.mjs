import { STEP_NAMES } from './checks/step-names.mjs';
import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm test [-- STEP …]',
  about:
    'Runs every check, or the named ones, and ends with "N passed, N failed". Only what the named checks need is fetched, compiled and asked for.',
  words: STEP_NAMES,
  async main(args) {
    const { stepsNamed } = await import('./checks/steps.mjs');
    const steps = stepsNamed(args);
    const { beginSetUp } = await import('./setup/set-up.mjs');
    const { packages, done } = beginSetUp({ needs: steps.flatMap(({ needs = [] }) => needs) });
    await Promise.race([packages, done]);
    const { runChecks } = await import('./checks/run-checks.mjs');
    return runChecks(steps, done);
  },
});
