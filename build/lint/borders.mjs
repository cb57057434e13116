import boundaries from 'eslint-plugin-boundaries';
import { EXTERNALS_OF_TESTS, LAYERS } from './layers.mjs';

const TEST_FILES = '**/*.test.{ts,tsx}';
/** The one place of what helps to test: beside what it is for. */
const TEST_HELPERS = '**/testing/**';
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
          { category: 'test-helper', pattern: TEST_HELPERS },
          { category: 'service', pattern: '**/*-service.ts' },
          { category: 'page-api', pattern: 'electron/contract/http.ts' },
        ],
      },
      rules: {
        'boundaries/no-unknown-files': 'error',
        'boundaries/no-unknown-dependencies': 'error',
        'boundaries/dependencies': allowing(ALL_TESTS),
      },
    },
    // Each layer is given its own policies only: to try those of all layers on every import took a quarter of the linter's time.
    ...innermostLast(LAYERS).map((layer) => ({
      files: SOURCES.map((pattern) => `${layer.folder}/${pattern}`),
      rules: {
        'boundaries/dependencies': allowing([
          ...policiesOf(layer),
          { from: { element: { type: layer.name } }, disallow: TEST_HELPER },
          policyOfTests(layer),
          ...ALL_TESTS,
        ]),
      },
    })),
  ];
}

/**
 * A layer may lie in the folder of another one, and the last entry that fits a file decides.
 * @param {readonly import('./layers.mjs').Layer[]} layers
 */
function innermostLast(layers) {
  const depth = (/** @type {import('./layers.mjs').Layer} */ { folder }) => folder.split('/').length;
  return [...layers].sort((one, other) => depth(one) - depth(other));
}

const FOR_TESTS = { categories: { anyOf: ['test', 'test-helper'] } };
const TEST_HELPER = { to: { file: { categories: 'test-helper' } } };
const ALL_TESTS = [
  { from: { file: FOR_TESTS }, allow: { to: { module: EXTERNALS_OF_TESTS.map(external) } } },
  { from: { file: FOR_TESTS }, allow: { to: { module: { origin: 'core' } } } },
];

/**
 * @param {object[]} policies the last one that fits decides; without any, an import is an error
 * @returns {import('eslint').Linter.RuleEntry}
 */
function allowing(policies) {
  return ['error', { default: 'disallow', checkAllOrigins: true, checkInternals: true, policies }];
}

/** @param {import('./layers.mjs').Layer} layer */
function policiesOf({ name, mayImport, externals, node, servicesOf = [], typesOf = [], pageApiTypes }) {
  const from = { element: { type: name } };
  /** @type {object[]} */
  const rules = [{ from, allow: { to: { element: { types: { anyOf: [name, ...mayImport] } } } } }];
  if (servicesOf.length > 0) {
    rules.push({
      from,
      allow: { to: { element: { types: { anyOf: servicesOf } }, file: { categories: 'service' } } },
    });
  }
  if (typesOf.length > 0) {
    rules.push({
      from,
      allow: { to: { element: { types: { anyOf: typesOf } } }, dependency: { kind: 'type' } },
    });
  }
  if (externals.length > 0) rules.push({ from, allow: { to: { module: externals.map(external) } } });
  if (node) rules.push({ from, allow: { to: { module: { origin: 'core' } } } });
  if (pageApiTypes) {
    rules.push({ from, allow: { to: { file: { categories: 'page-api' } }, dependency: { kind: 'type' } } });
  }
  return rules;
}

/** @param {import('./layers.mjs').Layer} layer */
function policyOfTests({ name, mayImport, testsMayImport = [], isForTests = false }) {
  const element = { type: name };
  return {
    from: isForTests ? { element } : { element, file: FOR_TESTS },
    allow: { to: { element: { types: { anyOf: [name, ...mayImport, ...testsMayImport] } } } },
  };
}

/** @param {string} source a package, or a pattern of some */
function external(source) {
  return { origin: 'external', source };
}
