import { defineConfig } from 'oxlint';
import { LEFT_OUT } from './build/lint/files.mjs';
import { filesOnAnyNode, oldNode } from './build/lint/old-node.mjs';
import { ALL_FILES, COMPONENTS, NODE_GLOBALS, TYPED, TYPESCRIPT } from './build/lint/rules.mjs';

const errors = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, 'error' as const]));

export default defineConfig({
  plugins: ['typescript', 'react'],
  jsPlugins: ['./build/lint/house.mjs'],
  categories: { correctness: 'off' },
  ignorePatterns: LEFT_OUT.map((folder) => `${folder}/`),
  rules: {
    ...errors(ALL_FILES),
    eqeqeq: 'error',
    'max-lines': ['error', { max: 500 }],
    'no-shadow-restricted-names': ['error', { reportGlobalThis: true }],
    // No name exempts a variable; by default an underscore would.
    'no-unused-vars': [
      'error',
      {
        args: 'after-used',
        caughtErrors: 'all',
        varsIgnorePattern: '^$',
        argsIgnorePattern: '^$',
        caughtErrorsIgnorePattern: '^$',
        destructuredArrayIgnorePattern: '^$',
      },
    ],
    'house/file-names': 'error',
    'house/long-lines': 'error',
  },
  overrides: [
    {
      files: ['**/*.mjs', '**/*.cjs'],
      globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly' as const])),
      rules: { 'no-undef': 'error', 'no-redeclare': 'error' },
    },
    { files: ['**/*.cjs'], globals: { require: 'readonly', module: 'writable' } },
    {
      files: ['**/*.ts', '**/*.tsx'],
      rules: {
        ...errors(TYPESCRIPT),
        ...TYPED,
        'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
        'house/borders': 'error',
      },
    },
    { files: ['renderer/**/*.ts', 'renderer/**/*.tsx'], rules: errors(COMPONENTS) },
    {
      // The unit tests of a worker share their modules, see vitest.config.mjs. Its set-up files run anew for each file of tests.
      files: ['{electron,renderer,web-demo}/**/*.{ts,tsx}'],
      excludeFiles: ['**/*.test.{ts,tsx}', 'renderer/testing/no-complaints.ts'],
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
      excludeFiles: ['**/*.test.{ts,tsx}', '**/testing/**', 'electron/core/campaign/lifecycle.ts'],
      rules: {
        'house/restricted-syntax': [
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
        'house/restricted-syntax': [
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
    oldNode(filesOnAnyNode(import.meta.dirname)),
  ],
});
