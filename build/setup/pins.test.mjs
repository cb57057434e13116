import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isPinned, PINS } from './pins.mjs';

const PIN = PINS['npm@11.21.2'];

/** What npm leaves behind: a hash for all packages in one file, or in each package as npm 6 does. */
function installed({ hidden, old }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-pins-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const modules = path.join(folder, 'node_modules');
  mkdirSync(path.join(modules, 'npm'), { recursive: true });
  writeFileSync(path.join(modules, 'npm', 'package.json'), JSON.stringify(old ? { _integrity: old } : {}));
  if (hidden) {
    const packages = { 'node_modules/npm': { version: '11.21.2', integrity: hidden } };
    writeFileSync(path.join(modules, '.package-lock.json'), JSON.stringify({ packages }));
  }
  return folder;
}

describe('what is fetched first', () => {
  it.each([{ hidden: PIN }, { old: PIN }])('is taken where its hash is the pinned one', (left) => {
    expect(isPinned(installed(left), 'npm', '11.21.2')).toBe(true);
  });

  it.each([{}, { hidden: 'sha512-other' }, { old: 'sha512-other' }, { hidden: 'sha512-other', old: PIN }])(
    'is not taken where it is another one, or none: %j',
    (left) => {
      expect(isPinned(installed(left), 'npm', '11.21.2')).toBe(false);
    },
  );

  it('is not taken in a version that nobody looked at', () => {
    expect(isPinned(installed({ hidden: PIN }), 'npm', '11.21.3')).toBe(false);
  });
});
