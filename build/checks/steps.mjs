import { buildAll } from '../bundle/build-all.mjs';
import { say } from '../setup/say.mjs';
import { runNode, runQuietly } from './program.mjs';
import { runSuite } from './suite.mjs';

/** Every part of the project whose types are checked for itself, with the globals that it really has. */
const TYPED = [
  'build',
  'electron',
  'electron/core',
  'electron/preload',
  'renderer',
  'web-demo',
  'web-demo/service-worker',
  'test',
];

/**
 * All checks: the build, on which some of them work, then the cheapest first.
 *
 * `onBuild`: works on `out/`. `beside`: needs neither that nor the display, and no more than one processor, so it may run beside the
 * others, which wait for much of their time. `sources`: needs nothing but the sources and the packages. `alone`: measures, so nothing may
 * run beside it.
 * `needs`: what is to be set up for it, besides the packages. `output`: what a step that runs beside others had to say. `failures`: each
 * as one text that says what failed and why.
 *
 * @typedef {{passed: number, failed: number, skipped: number}} Count
 * @typedef {Count & {output?: string, failures?: readonly string[]}} Outcome
 * @typedef {{name: string, title: string, onBuild?: boolean, beside?: boolean, sources?: boolean, alone?: boolean, needs?: readonly
 * import('../setup/set-up.mjs').Needed[], run: () => Promise<Outcome>}} Step
 * @type {readonly Step[]}
 */
export const STEPS = [
  { name: 'build', title: 'build', run: runBuild },
  ...TYPED.map((folder) => ({
    name: 'types',
    title: `types of ${folder}`,
    beside: true,
    sources: true,
    run: () => runQuietly('tsc', ['--noEmit', '--pretty', '-p', `${folder}/tsconfig.json`]),
  })),
  {
    name: 'lint',
    title: 'lint',
    beside: true,
    sources: true,
    run: () => runQuietly('eslint', ['.', '--max-warnings', '0']),
  },
  {
    name: 'format',
    title: 'formatting',
    beside: true,
    sources: true,
    run: () => runQuietly('prettier', ['--check', '--log-level', 'warn', '.']),
  },
  {
    name: 'e2e',
    title: 'end-to-end tests, browsers',
    beside: true,
    needs: ['browsers'],
    run: () => runSuite('e2e-browsers', { quiet: true }),
  },
  { name: 'unit', title: 'unit tests', run: () => runSuite('unit') },
  { name: 'components', title: 'component tests', run: () => runSuite('components') },
  {
    name: 'integration',
    title: 'integration tests',
    onBuild: true,
    needs: ['examples'],
    run: () => runSuite('integration'),
  },
  {
    name: 'e2e',
    title: 'end-to-end tests, app',
    onBuild: true,
    needs: ['app', 'browsers', 'examples', 'key ring'],
    run: () => runSuite('e2e'),
  },
  {
    name: 'bench',
    title: 'benchmark, short',
    onBuild: true,
    alone: true,
    needs: ['app'],
    // It fails when a message is lost or a part does not run, never because the machine is slow.
    run: () => runNode(['test/benchmarks/run.ts', '--short']),
  },
];

/**
 * The steps with these names, and the build where one of them works on it.
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
