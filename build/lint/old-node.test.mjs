import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesOnAnyNode, oldNode } from './old-node.mjs';
import { lint } from './testing/lint.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Which of these texts are refused. */
function refused(codes) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-old-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [index, code] of codes.entries()) writeFileSync(path.join(folder, `${index}.mjs`), code);
  const rules = ['restricted-syntax', 'no-restricted-globals'];
  const found = lint({ cwd: folder, overrides: [oldNode(['**/*.mjs'])] }).filter(({ rule }) =>
    rules.includes(rule),
  );
  return codes.filter((_, index) => found.some(({ file }) => file === `${index}.mjs`));
}

describe('what runs before the change of Node', () => {
  it('are the scripts, and what they import before they import the rest', () => {
    const files = filesOnAnyNode(root);
    expect(files).toEqual(
      expect.arrayContaining(['build/start.mjs', 'build/test.mjs', 'build/setup/run.mjs']),
    );
    expect(files).not.toContain('build/setup/set-up.mjs');
    expect(files).not.toContain('build/bundle/parts.mjs');
  });

  it('is refused what came later', () => {
    const later = [
      'a ?? b;',
      'a?.b;',
      'a ||= b;',
      'a &&= b;',
      'a ??= b;',
      'await a;',
      'for await (const a of b) a();',
      'import.meta.dirname;',
      'a.at(-1);',
      'Promise.any([]);',
      'fetch(a);',
      'AbortSignal.any([]);',
      "import { rmSync } from 'node:fs'; rmSync(a);",
      "import a from 'node:fs/promises'; a();",
      "import a from './a.json' with { type: 'json' }; a();",
      'class A { #a = 1; }',
      'class A { a = 1; }',
      'class A { #a() {} }',
      'class A { static {} }',
      '1_000;',
      '0xff_ff;',
      '/a/d;',
      '/a/v;',
      '{ using a = b; }',
    ];
    expect(refused(later)).toEqual(later);
  });

  it('may use the rest', () => {
    const fine = [
      "import fs from 'node:fs'; fs.existsSync(import.meta.url);",
      'const b = { ...a }; import(b);',
      'export async function b() { await a; for await (const c of a) c(); }',
      "a('1_000', /1_000/s, 1n);",
    ];
    expect(refused(fine)).toEqual([]);
  });
});
