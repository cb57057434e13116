import { isBuiltin } from 'node:module';
import path from 'node:path';
import { EXTERNALS_OF_TESTS, LAYERS } from './layers.mjs';

/** A layer may lie in the folder of another one: a file belongs to the innermost one that holds it. */
const INNERMOST_FIRST = [...LAYERS].sort((one, other) => depth(other) - depth(one));

const IS_TEST = /\.test\.tsx?$/;
/** The only place for test helpers: beside what they help to test. */
const IS_TEST_HELPER = /(^|\/)testing\//;
const IS_SERVICE = /-service\.ts$/;
const PAGE_API = 'electron/contract/http.ts';

/**
 * What an import is: of a file of ours, of a module of Node, or of a package.
 * @typedef {{from: string, to: string, typeOnly: boolean}} Import `from`: the importing file, relative to the root, with `/`;
 *   `to`: the specifier as written; `typeOnly`: whether it imports types only
 */

/** @param {string} file relative to the root, with `/` */
export function layerOf(file) {
  return INNERMOST_FIRST.find(({ folder }) => file.startsWith(`${folder}/`));
}

/**
 * Whether the import table has this import; what it does not name is forbidden.
 * @param {Import} imported
 */
export function isAllowed({ from, to, typeOnly }) {
  const layer = layerOf(from);
  if (layer === undefined) return false;
  if (to.startsWith('.') || to.startsWith('/')) return isFileAllowed(layer, { from, to, typeOnly });
  const forTests = IS_TEST.test(from) || IS_TEST_HELPER.test(from);
  if (isBuiltin(to)) return layer.node || forTests;
  const name = packageOf(to);
  return [...layer.externals, ...(forTests ? EXTERNALS_OF_TESTS : [])].some((pattern) => fits(name, pattern));
}

/** @param {import('./layers.mjs').Layer} layer @param {Import} imported */
function isFileAllowed(layer, { from, to, typeOnly }) {
  const file = path.posix.join(path.posix.dirname(from), to);
  const target = layerOf(file);
  if (target === undefined) return false;
  const isHelper = IS_TEST_HELPER.test(file);
  const ownOrBelow = [layer.name, ...layer.mayImport].includes(target.name);
  const asTest = layer.isForTests === true || IS_TEST.test(from) || IS_TEST_HELPER.test(from);
  if (asTest && (ownOrBelow || layer.testsMayImport?.includes(target.name))) return true;
  // Only tests may import test helpers.
  if (isHelper) return false;
  return (
    ownOrBelow ||
    (layer.servicesOf?.includes(target.name) === true && IS_SERVICE.test(file)) ||
    (layer.typesOf?.includes(target.name) === true && typeOnly) ||
    (layer.pageApiTypes === true && typeOnly && file === PAGE_API)
  );
}

/** @param {string} specifier of a module of a package */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** @param {string} name @param {string} pattern which a leading `!` negates */
function fits(name, pattern) {
  return pattern.startsWith('!')
    ? !path.posix.matchesGlob(name, pattern.slice(1))
    : path.posix.matchesGlob(name, pattern);
}

/** @param {import('./layers.mjs').Layer} layer */
function depth({ folder }) {
  return folder.split('/').length;
}

/**
 * The rule: every file belongs to a layer, and imports what the table allows.
 * @type {import('eslint').Rule.RuleModule}
 */
export const borders = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      noLayer: '{{from}} lies in no layer of build/lint/layers.mjs.',
      forbidden: 'build/lint/layers.mjs does not let {{layer}} import {{to}} here.',
    },
  },
  create(context) {
    const from = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const layer = layerOf(from);
    /** @param {any} node */
    const check = (node) => {
      const source = node.source ?? node.argument?.literal ?? node.argument;
      const to = source?.value;
      if (typeof to !== 'string' || layer === undefined) return;
      const typeOnly = (node.importKind ?? node.exportKind) === 'type' || node.type === 'TSImportType';
      if (!isAllowed({ from, to, typeOnly }))
        context.report({ node: source, messageId: 'forbidden', data: { layer: layer.name, to } });
    };
    return {
      Program(node) {
        if (layer === undefined) context.report({ node, messageId: 'noLayer', data: { from } });
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
