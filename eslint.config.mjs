import path from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { borders } from './build/lint/borders.mjs';
import { fileNames } from './build/lint/file-names.mjs';
import { oldNode } from './build/lint/old-node.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];

export default defineConfig(
  // Folders that are not even looked into: what is made in them comes and goes meanwhile.
  { ignores: ['out/', 'dist/', '.tools/', 'test-results/', 'build/lint/fixtures/', 'build/lint/typed/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  js.configs.recommended,
  {
    files: TYPESCRIPT,
    // What needs types is asked by Oxlint (.oxlintrc.json) and by build/lint/class-instances.mjs, for a fifth of the time.
    extends: [tseslint.configs.strict],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    // Tells what the React compiler would leave out; it is not used here.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    // The unit tests of a worker share their modules, see vitest.config.mjs.
    files: ['{electron,renderer,web-demo}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'vitest',
              importNames: ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'],
              message: 'A hook of a shared module belongs to its first file only: use onTestFinished.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['{electron,renderer}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', '**/testing/**', 'electron/core/campaign/lifecycle.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'BinaryExpression[operator=/^[!=]==$/] > Literal[value=/^(preparing|paused)$/]',
          message: 'What a state of a campaign means is asked of lifecycleOf.',
        },
      ],
    },
  },
  {
    files: ['**/*.test.{ts,tsx,mjs}', '**/testing/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.object.name="vi"][callee.property.name=/^wait(For|Until)$/][arguments.length<2]',
          message:
            'It gives up after a second, which is short on a busy machine: use expect.poll, or say how long.',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'console',
          'process',
          'Buffer',
          'URL',
          'fetch',
          'AbortController',
          'AbortSignal',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'setImmediate',
          'performance',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
  {
    rules: {
      'max-lines': ['error', { max: 500 }],
      // Prettier breaks code, but neither comments nor texts; a text may be as long as it has to be.
      'max-len': [
        'error',
        { code: 140, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
      ],
      eqeqeq: 'error',
      // ESLint obeys none of these comments, but Oxlint does.
      'no-warning-comments': ['error', { terms: ['oxlint-disable', 'eslint-disable'], location: 'anywhere' }],
    },
  },
  fileNames(),
  oldNode({ root }),
  borders({ root }),
);
