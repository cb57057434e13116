import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { binOf } from '../../checks/bin.mjs';
import { ROOT } from '../../setup/paths.mjs';
import config from '../../../oxlint.config.mts';

/**
 * What the project's linter says of files that the project leaves out.
 * @typedef {{files: readonly string[], excludeFiles?: readonly string[]}} Override
 * @param {{cwd: string, overrides?: readonly Override[]}} options `cwd`: the root that the files belong to; `overrides`: of the
 * configuration, if they are not the project's own
 * @returns {{file: string, line: number, rule: string}[]} without the name of a plugin
 */
export function lint({ cwd, overrides = config.overrides }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-oxlint-'));
  try {
    const file = path.join(folder, 'oxlint.json');
    const jsPlugins = config.jsPlugins?.map((name) => path.resolve(ROOT, String(name)));
    writeFileSync(
      file,
      JSON.stringify({ ...config, jsPlugins, overrides: overrides?.map(anywhere), ignorePatterns: [] }),
    );
    const args = [binOf('oxlint'), '--config', file, '--format', 'json'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    if (!stdout.startsWith('{')) throw new Error(stdout + stderr);
    return JSON.parse(stdout).diagnostics.map(
      (
        /** @type {{filename: string, labels: {span: {line: number}}[], code?: string, message: string}} */ found,
      ) => ({
        file: path.relative(cwd, path.resolve(cwd, found.filename)).split(path.sep).join('/'),
        line: found.labels[0]?.span.line ?? 0,
        rule: /\((.*)\)/.exec(found.code ?? '')?.[1] ?? found.message,
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} name of a rule */
export function withoutPlugin(name) {
  return name.slice(name.indexOf('/') + 1);
}

/** The names of all rules that the project's linter applies anywhere. */
export function askedRules() {
  const { rules, overrides = [] } = config;
  return [rules, ...overrides.map((override) => override.rules)].flatMap((some) => Object.keys(some ?? {}));
}

/**
 * Patterns are relative to the folder of their configuration, and this one lies elsewhere.
 * @param {Override} override
 */
function anywhere({ files, excludeFiles = [], ...rest }) {
  const wide = (/** @type {string} */ pattern) => (pattern.startsWith('**/') ? pattern : `**/${pattern}`);
  return { ...rest, files: files.map(wide), excludeFiles: excludeFiles.map(wide) };
}

/**
 * What the comments in a file of breaches announce.
 * @param {string} file
 * @returns {{line: number, rule: string}[]}
 */
export function announced(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    const [, below, rules = ''] = /\/\/ breach( below)?: (.*?)( \*\/\})?$/.exec(line) ?? [];
    const number = index + (below === undefined ? 1 : 2);
    return rules === '' ? [] : rules.split(', ').map((rule) => ({ line: number, rule }));
  });
}
