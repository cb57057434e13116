import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The rest of an import or a re-export of one of our own modules. */
const OWN_IMPORT = /^(?:import|export)\b[^;]*?from '(\.[^']+)';|^import '(\.[^']+)';/gm;

/**
 * The files that run before the scripts have changed to a Node of their own: the scripts themselves and all that they import at once.
 * @param {string} root of the project
 * @returns {string[]} relative to it, sorted
 */
export function filesOnAnyNode(root) {
  const found = new Set();
  const visit = (/** @type {string} */ file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, from, bare = ''] of readFileSync(path.join(root, file), 'utf8').matchAll(OWN_IMPORT))
      visit(path.posix.join(path.posix.dirname(file), from ?? bare));
  };
  for (const name of readdirSync(path.join(root, 'build'))) if (name.endsWith('.mjs')) visit(`build/${name}`);
  return [...found].sort();
}

/** Syntax that a Node of the year 2020 does not know, and what came to its library later. */
const LATER_SYNTAX = [
  ['LogicalExpression[operator="??"]', 'the operator ??'],
  ['AssignmentExpression[operator=/^(\\|\\||&&|\\?\\?)=$/]', 'this operator'],
  ['ChainExpression', 'optional chaining'],
  ['Literal[raw=/^\\d[^"\']*_/]', 'numbers in groups'],
  ['Literal[regex.flags=/[dv]/]', 'this flag of a pattern'],
  ['PrivateIdentifier', 'private members'],
  ['PropertyDefinition', 'fields of classes'],
  ['StaticBlock', 'static blocks'],
  ['AwaitExpression:not(:function *)', 'await at the top of a module'],
  ['ForOfStatement[await=true]:not(:function *)', 'await at the top of a module'],
  ['VariableDeclaration[kind=/using$/]', 'using'],
  ['ImportAttribute', 'import attributes'],
  ['MemberExpression[object.type="MetaProperty"][property.name!="url"]', 'import.meta except its url'],
  [
    'CallExpression[callee.property.name=/^(at|replaceAll|findLast|toSorted|toReversed|groupBy|hasOwn|any|withResolvers|timeout)$/]',
    'this function',
  ],
  ['ImportSpecifier[imported.name=/^(rmSync|rm|cpSync|cp|statfsSync)$/]', 'this function of node:fs'],
  ['ImportDeclaration[source.value=/^node:(test|sqlite|sea)$|\\u002fpromises$/]', 'this module'],
];
const LATER_GLOBALS = ['fetch', 'performance', 'AbortController', 'AbortSignal', 'structuredClone'];

/**
 * The files that run on the machine's own Node keep to what Node 12.20 has.
 * @param {readonly string[]} files
 * @returns {import('oxlint').OxlintOverride}
 */
export function oldNode(files) {
  const message = (/** @type {string | undefined} */ what) =>
    `Node 12.20 does not have ${what}, and this runs before the change of Node.`;
  return {
    files: [...files],
    rules: {
      'house/restricted-syntax': [
        'error',
        ...LATER_SYNTAX.map(([selector, what]) => ({ selector, message: message(what) })),
      ],
      'no-restricted-globals': [
        'error',
        ...LATER_GLOBALS.map((name) => ({ name, message: message(`a global ${name}`) })),
      ],
    },
  };
}
