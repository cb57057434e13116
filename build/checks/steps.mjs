import { runProgram } from './program.mjs';
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
 * All checks, cheapest first.
 *
 * @typedef {{passed: number, failed: number, skipped: number}} Count
 * @typedef {{name: string, title: string, run: () => Promise<Count>}} Step
 * @type {readonly Step[]}
 */
export const STEPS = [
  ...TYPED.map((folder) => ({
    name: 'types',
    title: `types of ${folder}`,
    run: () => runProgram('tsc', ['--noEmit', '--pretty', '-p', `${folder}/tsconfig.json`]),
  })),
  { name: 'lint', title: 'lint', run: () => runProgram('eslint', ['.', '--max-warnings', '0']) },
  {
    name: 'format',
    title: 'formatting',
    run: () => runProgram('prettier', ['--check', '--log-level', 'warn', '.']),
  },
  { name: 'unit', title: 'unit tests', run: () => runSuite('unit') },
  { name: 'integration', title: 'integration tests', run: () => runSuite('integration') },
  { name: 'e2e', title: 'end-to-end tests', run: () => runSuite('e2e') },
];
