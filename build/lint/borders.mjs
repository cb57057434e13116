import boundaries from 'eslint-plugin-boundaries';
import { EXTERNALS_OF_TESTS, LAYERS } from './layers.mjs';

const TEST_FILES = '**/*.test.{ts,tsx}';
const SOURCES = ['**/*.ts', '**/*.tsx'];

/**
 * The import table as lint configuration: everything that `layers.mjs` does not allow is an error.
 * @returns {import('eslint').Linter.Config[]}
 * @param {{root: string}} options `root`: absolute folder that holds `electron/`, `renderer/` and so on
 */
export function borders({ root }) {
  return [
    {
      files: SOURCES,
      plugins: { boundaries },
      settings: {
        'boundaries/root-path': root,
        'boundaries/legacy-templates': false,
        'boundaries/elements': LAYERS.map(({ name, folder }) => ({
          type: name,
          pattern: folder,
          partialMatch: false,
        })),
        'boundaries/files': [
          { category: 'test', pattern: TEST_FILES },
          { category: 'page-api', pattern: 'electron/contract/http.ts' },
        ],
      },
      rules: {
        'boundaries/no-unknown-files': 'error',
        'boundaries/no-unknown-dependencies': 'error',
        'boundaries/dependencies': [
          'error',
          { default: 'disallow', checkAllOrigins: true, policies: policies() },
        ],
      },
    },
  ];
}

function policies() {
  return [
    ...LAYERS.flatMap(policiesOf),
    {
      from: { file: { categories: 'test' } },
      allow: { to: { module: EXTERNALS_OF_TESTS.map(external) } },
    },
    { from: { file: { categories: 'test' } }, allow: { to: { module: { origin: 'core' } } } },
  ];
}

/** @param {import('./layers.mjs').Layer} layer */
function policiesOf({ name, mayImport, externals, node, testsMayImport = [], pageApiTypes }) {
  const from = { element: { type: name } };
  /** @type {object[]} */
  const rules = [{ from, allow: { to: { element: { types: { anyOf: [name, ...mayImport] } } } } }];
  if (testsMayImport.length > 0) {
    rules.push({
      from: { ...from, file: { categories: 'test' } },
      allow: { to: { element: { types: { anyOf: testsMayImport } } } },
    });
  }
  if (externals.length > 0) rules.push({ from, allow: { to: { module: externals.map(external) } } });
  if (node) rules.push({ from, allow: { to: { module: { origin: 'core' } } } });
  if (pageApiTypes) {
    rules.push({ from, allow: { to: { file: { categories: 'page-api' } }, dependency: { kind: 'type' } } });
  }
  return rules;
}

function external(source) {
  return { origin: 'external', source };
}
