import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { describe, expect, it, onTestFinished } from 'vitest';
import { binOf } from '../checks/bin.mjs';
import { TYPED } from '../checks/steps.mjs';
import { RULE, breachesOf, typescriptFiles } from './ask-tsgolint.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const breaches = path.join(import.meta.dirname, 'typed', 'breaches.ts');
const config = JSON.parse(readFileSync(path.join(root, '.oxlintrc.json'), 'utf8'));
const asked = [...Object.keys(config.overrides[0].rules), RULE];

describe('the rules that need types', () => {
  it('report each breach and nothing else', () => {
    const instances = breachesOf([breaches]).map(({ line }) => `${line} ${RULE}`);
    expect([...reported(), ...instances].sort()).toEqual(expected().sort());
  });

  it('have a breach each', () => {
    const breached = expected().map((breach) => breach.slice(breach.indexOf(' ') + 1));
    expect([...new Set(breached)].sort()).toEqual(asked.map(withoutPlugin).sort());
  });

  it('are, with those of ESLint, all of the strictest set', async () => {
    const sets = tseslint.configs.strictTypeChecked.map(({ rules = {} }) => rules);
    const strictest = Object.entries(Object.assign({}, ...sets))
      .filter(([name, level]) => name.startsWith('@typescript-eslint/') && severityOf(level) !== 'off')
      .map(([name]) => withoutPlugin(name));
    const { rules } = await new ESLint({ cwd: root }).calculateConfigForFile('electron/core/core.ts');
    const ofEslint = Object.keys(rules).filter(
      (name) => name.startsWith('@typescript-eslint/') && rules[name][0] === 2,
    );
    const known = new Set([...asked, ...ofEslint].map(withoutPlugin));
    expect(strictest.filter((name) => !known.has(name))).toEqual([]);
    expect(strictest.length).toBeGreaterThan(60);
  });

  it('are asked of files whose types are checked, and of no other', () => {
    const checked = new Set(TYPED.flatMap((folder) => filesOf(path.join(root, folder))));
    expect(typescriptFiles().filter((file) => !checked.has(file))).toEqual([]);
    expect(typescriptFiles().length).toBeGreaterThan(1_000);
  });
});

/** What the comments in the file of breaches announce, each as its line and the rule. */
function expected() {
  const lines = readFileSync(breaches, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    const [, below, rules = ''] = /\/\/ breach( below)?: (.*)$/.exec(line) ?? [];
    const number = index + (below === undefined ? 1 : 2);
    return rules === '' ? [] : rules.split(', ').map((rule) => `${number} ${rule}`);
  });
}

/** What the `tsconfig.json` of a folder includes. */
function filesOf(folder) {
  const { config: options } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(options, ts.sys, folder).fileNames.map(path.normalize);
}

/** @param {string} name */
function withoutPlugin(name) {
  return name.slice(name.indexOf('/') + 1);
}

function severityOf(level) {
  return Array.isArray(level) ? level[0] : level;
}

/** What Oxlint says of the file of breaches, which the project's own configuration leaves out. */
function reported() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-oxlint-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'oxlint.json');
  writeFileSync(file, JSON.stringify({ ...config, ignorePatterns: [] }));
  const args = [binOf('oxlint'), '--config', file, '--type-aware', '--format', 'json', breaches];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return JSON.parse(stdout).diagnostics.map(
    ({ labels, code }) => `${labels[0].span.line} ${/\((.*)\)/.exec(code)?.[1]}`,
  );
}
