import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lintedFiles } from './files.mjs';
import { LEFT_TO_THE_PARSER, TYPED } from './rules.mjs';
import { announced, askedRules, lint, withoutPlugin } from './testing/lint.mjs';

const plain = path.join(import.meta.dirname, 'plain');
const expected = readdirSync(plain, { recursive: true })
  .filter((name) => /\.(mjs|cjs|tsx?)$/.test(name))
  .flatMap((name) =>
    announced(path.join(plain, name)).map((breach) => ({ file: name.split(path.sep).join('/'), ...breach })),
  );

describe('the rules that need no types', () => {
  it('report each breach and nothing else', () => {
    const asText = ({ file, line, rule }) => `${file}:${line} ${rule}`;
    // Files in a folder without a layer are tested separately.
    const found = lint({ cwd: plain }).filter(({ rule }) => rule !== 'borders');
    // Some rules report two places on one line.
    expect([...new Set(found.map(asText))].sort()).toEqual(expected.map(asText).sort());
  });

  it('have a breach each', () => {
    const breached = new Set(expected.map(({ rule }) => rule));
    const asked = askedRules().filter((name) => !(name in TYPED) && !TRIED_ELSEWHERE.includes(name));
    expect(asked.map(withoutPlugin).filter((name) => !breached.has(name))).toEqual([]);
  });

  it('are all that ESLint and React recommend', () => {
    const react = Object.keys(reactHooks.configs.flat.recommended.rules).map(withoutPlugin);
    const recommended = [...Object.keys(js.configs.recommended.rules), ...react];
    const asked = new Set([...askedRules(), ...LEFT_TO_THE_PARSER].map(withoutPlugin));
    expect(recommended.filter((name) => !asked.has(name))).toEqual(NOT_ASKED);
    expect(recommended.length).toBeGreaterThan(70);
  });

  it('refuse a file of more than 500 lines', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-lint-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(path.join(folder, 'long.mjs'), `export const a = [\n${'  1,\n'.repeat(499)}];\n`);
    writeFileSync(path.join(folder, 'short.mjs'), `export const a = [\n${'  1,\n'.repeat(498)}];\n`);
    expect(lint({ cwd: folder }).map(({ file, rule }) => `${file} ${rule}`)).toEqual(['long.mjs max-lines']);
  });

  it('are switched off by no comment', () => {
    const sources = lintedFiles();
    expect(sources.filter((file) => /\b(?:ox|es)lint-disable/.test(readFileSync(file, 'utf8')))).toEqual([]);
    expect(sources.length).toBeGreaterThan(1_000);
  });
});

/** Covered by the tests beside this one, and below. */
const TRIED_ELSEWHERE = ['house/borders', 'max-lines', 'no-restricted-globals'];

/** Rules about the React compiler and its configuration: it is not used here. */
const NOT_ASKED = ['incompatible-library', 'config', 'gating'];
