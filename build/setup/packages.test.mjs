import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from './packages.mjs';

const WANTED = {
  '': { name: 'the project' },
  'node_modules/one': { version: '1.0.0' },
  'node_modules/for-another-system': { version: '2.0.0', optional: true },
};

let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'packages-'));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: WANTED }));
});
afterEach(() => rmSync(folder, { recursive: true }));

function install(packages) {
  mkdirSync(path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

describe('whether the packages are installed', () => {
  it('is so when each is there in the version of the lock file', () => {
    install({ 'node_modules/one': { version: '1.0.0' } });
    expect(isInstalled(folder)).toBe(true);
  });

  it('is not so in a fresh clone', () => {
    expect(isInstalled(folder)).toBe(false);
  });

  it('is not so when one is missing', () => {
    install({});
    expect(isInstalled(folder)).toBe(false);
  });

  it('is not so when one has another version', () => {
    install({ 'node_modules/one': { version: '1.0.1' } });
    expect(isInstalled(folder)).toBe(false);
  });

  it('is not so when an optional one has another version', () => {
    install({
      'node_modules/one': { version: '1.0.0' },
      'node_modules/for-another-system': { version: '1.9.0' },
    });
    expect(isInstalled(folder)).toBe(false);
  });
});

describe('a lock file that npm 6 has rewritten, or a full disk has cut off', () => {
  it.each(['{"lockfileVersion":1,"dependencies":{}}', '{"packages":', ''])(
    'ends in a sentence: %s',
    (text) => {
      writeFileSync(path.join(folder, 'package-lock.json'), text);
      expect(() => isInstalled(folder)).toThrow(/git checkout package-lock\.json/);
    },
  );

  it('is installed anew where the record of what is installed is cut off', () => {
    install({});
    writeFileSync(path.join(folder, 'node_modules', '.package-lock.json'), '{"pack');
    expect(isInstalled(folder)).toBe(false);
  });
});
