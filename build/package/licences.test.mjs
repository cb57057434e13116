import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { licencesOf } from './licences.mjs';

function packages(...list) {
  const root = mkdtempSync(path.join(tmpdir(), 'pushdesk-licences-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const { files = {}, ...about } of list) {
    const folder = path.join(root, about.name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ version: '1.0.0', ...about }));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  }
  return licencesOf(
    list.map(({ name }) => name),
    root,
  );
}

it('takes the texts that a package brings, and its own word where it brings none', () => {
  const text = packages(
    { name: 'zebra', license: 'MIT', author: { name: 'Zoe' }, homepage: 'https://zebra.example' },
    { name: '@a/b', license: 'Apache-2.0', files: { LICENSE: 'The Apache text', 'NOTICE.md': 'The notice' } },
  );
  expect(text).toContain('@a/b 1.0.0 (Apache-2.0)\n\nThe Apache text\n\nThe notice');
  expect(text).toContain('Licence: MIT. By Zoe. https://zebra.example');
  expect(text.indexOf('@a/b')).toBeLessThan(text.indexOf('zebra'));
});

it('does not let a package through that says nothing', () => {
  expect(() => packages({ name: 'silent' })).toThrow('silent 1.0.0 does not state its licence');
});
