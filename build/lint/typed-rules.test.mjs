import path from 'node:path';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { TYPED as TYPED_FOLDERS } from '../checks/steps.mjs';
import { ASKED, breachesOf } from './ask-tsgolint.mjs';
import { lintedFiles } from './files.mjs';
import { announced, askedRules, withoutPlugin } from './testing/lint.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const breaches = path.join(import.meta.dirname, 'typed', 'breaches.ts');
const asked = ASKED.map(({ name }) => name);

describe('the rules that need types', () => {
  it('report each breach and nothing else', () => {
    const reported = breachesOf([breaches]).map(({ line, rule }) => `${line} ${rule}`);
    expect(reported.sort()).toEqual(expected().sort());
  });

  it('have a breach each', () => {
    const breached = expected().map((breach) => breach.slice(breach.indexOf(' ') + 1));
    expect([...new Set(breached)].sort()).toEqual(asked.toSorted());
  });

  it('are, with those that need none, all of the strictest set', () => {
    const sets = tseslint.configs.strictTypeChecked.map(({ rules = {} }) => rules);
    const strictest = Object.entries(Object.assign({}, ...sets))
      .filter(([name, level]) => name.startsWith('@typescript-eslint/') && severityOf(level) !== 'off')
      .map(([name]) => withoutPlugin(name));
    const known = new Set([...askedRules().map(withoutPlugin), ...asked]);
    expect(strictest.filter((name) => !known.has(name))).toEqual([]);
    expect(strictest.length).toBeGreaterThan(60);
  });

  it('are asked of files whose types are checked, and of no other', () => {
    const checked = new Set(TYPED_FOLDERS.flatMap((folder) => filesOf(path.join(root, folder))));
    const files = lintedFiles('**/*.{ts,tsx}');
    expect(files.filter((file) => !checked.has(file))).toEqual([]);
    expect(files.length).toBeGreaterThan(1_000);
  });
});

const expected = () => announced(breaches).map(({ line, rule }) => `${line} ${rule}`);

/** What the `tsconfig.json` of a folder includes. */
function filesOf(folder) {
  const { config: options } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(options, ts.sys, folder).fileNames.map(path.normalize);
}

function severityOf(level) {
  return Array.isArray(level) ? level[0] : level;
}
