import path from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { filesOnAnyNode, oldNode } from './old-node.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const config = oldNode({ root });
const lint = (code) => new Linter().verify(code, { ...config, files: ['**/*.mjs'] }, 'build/x.mjs');

describe('what runs before the change of Node', () => {
  it('are the scripts, and what they import before they import the rest', () => {
    const files = filesOnAnyNode(root);
    expect(files).toEqual(
      expect.arrayContaining(['build/start.mjs', 'build/test.mjs', 'build/setup/run.mjs']),
    );
    expect(files).not.toContain('build/setup/set-up.mjs');
    expect(files).not.toContain('build/bundle/parts.mjs');
  });

  it.each([
    'a ?? b;',
    'a?.b;',
    'a ||= b;',
    'await a;',
    'import.meta.dirname;',
    'a.at(-1);',
    'Promise.any([]);',
    'fetch(a);',
    'AbortSignal.any([]);',
    "import { rmSync } from 'node:fs'; rmSync(a);",
    "import a from 'node:fs/promises'; a();",
    'class A { #a = 1; }',
    '1_000;',
  ])('is refused: %s', (code) => {
    expect(lint(code)).not.toEqual([]);
  });

  it.each(["import fs from 'node:fs'; fs.existsSync(import.meta.url);", 'const b = { ...a }; import(b);'])(
    'is fine: %s',
    (code) => {
      expect(lint(code)).toEqual([]);
    },
  );
});
