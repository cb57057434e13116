import { buildAll } from '../bundle/build-all.mjs';
import { say } from '../setup/say.mjs';
import { runNode, runNodeQuietly, runQuietly } from './program.mjs';
import { runSuite } from './suite.mjs';

/** Every part of the project whose types are checked separately, with the globals that it really has. */
export const TYPED = [
  'build',
  'electron',
  'electron/core',
  'electron/preload',
  'renderer',
  'web-demo',
  'web-demo/service-worker',
  'test',
];

/** @type {'calculates'} */
const CALCULATES = 'calculates';

/**
 * All checks, in three queues that run side by side: checks that calculate, that drive browsers, and that drive the built app. The last two
 * spend much of their time waiting, and the first, at a low priority, uses what they leave. In each queue the cheapest comes first.
 *
 * `onBuild`: works on `out/`. `beside`: its queue, if that is not the one in the foreground; it needs neither `out/` nor the display.
 * `sources`: needs nothing but the sources and the packages. `needs`: what is to be set up for it, besides the packages. `quiet`: others
 * run beside it, so its output is collected. `output`: what a quiet step printed. `failures`: each as one text that says what failed and
 * why.
 *
 * @typedef {{quiet: boolean}} Manner
 * @typedef {{passed: number, failed: number, skipped: number}} Count
 * @typedef {Count & {output?: string, failures?: readonly string[]}} Outcome
 * @typedef {{name: string, title: string, onBuild?: boolean, beside?: 'calculates' | 'browsers', sources?: boolean, needs?: readonly
 * import('../setup/set-up.mjs').Needed[], run: (manner: Manner) => Promise<Outcome>}} Step
 * @type {readonly Step[]}
 */
export const STEPS = [
  { name: 'build', title: 'build', sources: true, run: runBuild },
  ...TYPED.map((folder) => ({
    name: 'types',
    title: `types of ${folder}`,
    beside: CALCULATES,
    sources: true,
    // One checker: several would look at the same files again, and took twice the processor time.
    run: () =>
      runQuietly('tsc', ['--noEmit', '--pretty', '--singleThreaded', '-p', `${folder}/tsconfig.json`]),
  })),
  {
    name: 'lint',
    title: 'lint',
    beside: CALCULATES,
    sources: true,
    run: () => runQuietly('oxlint', ['--deny-warnings']),
  },
  {
    name: 'lint',
    title: 'lint with types',
    beside: CALCULATES,
    sources: true,
    run: () => runNodeQuietly(['build/lint/typed.mjs']),
  },
  {
    name: 'format',
    title: 'formatting',
    beside: CALCULATES,
    sources: true,
    run: () => runQuietly('oxfmt', ['--check']),
  },
  {
    name: 'components',
    title: 'component tests',
    beside: CALCULATES,
    sources: true,
    run: (manner) => runSuite('components', { ...manner, low: manner.quiet }),
  },
  {
    name: 'unit',
    title: 'unit tests',
    beside: CALCULATES,
    run: (manner) => runSuite('unit', { ...manner, low: manner.quiet }),
  },
  {
    name: 'e2e',
    title: 'end-to-end tests, browsers',
    beside: 'browsers',
    needs: ['browsers'],
    run: (manner) => runSuite('e2e-browsers', manner),
  },
  {
    name: 'integration',
    title: 'integration tests',
    onBuild: true,
    needs: ['examples'],
    run: (manner) => runSuite('integration', manner),
  },
  {
    name: 'e2e',
    title: 'end-to-end tests, app',
    onBuild: true,
    needs: ['app', 'browsers', 'examples', 'key ring'],
    run: (manner) => runSuite('e2e', manner),
  },
  {
    name: 'bench',
    title: 'benchmark, short',
    onBuild: true,
    needs: ['app'],
    // It fails when a message is lost or a part does not run, never because the machine is slow: so others may run beside it, and its
    // figures do not matter here.
    run: () => runNode(['test/benchmarks/run.ts', '--short']),
  },
];

/**
 * The steps with these names, and the build if one of them works on it.
 * @param {readonly string[]} names none: all steps
 * @returns {readonly Step[]}
 */
export function stepsNamed(names) {
  if (names.length === 0) return STEPS;
  const chosen = STEPS.filter(({ name }) => names.includes(name));
  const wanted = chosen.some(({ onBuild }) => onBuild) ? ['build', ...names] : names;
  return STEPS.filter(({ name }) => wanted.includes(name));
}

async function runBuild() {
  try {
    await buildAll();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say(message);
    return { passed: 0, failed: 1, skipped: 0, failures: [message] };
  }
}
