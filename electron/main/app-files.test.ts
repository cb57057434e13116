import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAppFile, serveAppFile } from './app-files.ts';

let home: string;
let root: string;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
  root = path.join(home, 'renderer');
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  writeFileSync(path.join(root, 'index.html'), '<!doctype html>page');
  writeFileSync(path.join(root, 'assets', 'app.js'), 'run()');
  writeFileSync(path.join(root, 'notes.txt'), 'of no known type');
  writeFileSync(path.join(home, 'secret.html'), 'secret');
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

const get = (url: string, method = 'GET') => serveAppFile(root, { url, method });

describe('the files of the window', () => {
  it('come with their type and a strict policy', async () => {
    const page = await get('app://pushdesk/index.html#/keys');
    expect(page.status).toBe(200);
    expect(await page.text()).toBe('<!doctype html>page');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');

    const script = await get('app://pushdesk/assets/app.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    'app://pushdesk/../secret.html',
    'app://pushdesk/%2e%2e/secret.html',
    'app://pushdesk/..%2fsecret.html',
    'app://pushdesk/assets/..%2f..%2fsecret.html',
    'app://pushdesk/%2e%2e%2fsecret.html',
    'app://pushdesk/..%5csecret.html',
    'app://pushdesk/index.html%00.js',
    'app://pushdesk/%zz',
    'app://pushdesk//etc/passwd',
    'app://pushdesk/',
    'app://pushdesk/assets',
    'app://pushdesk/notes.txt',
    'app://pushdesk/missing.html',
    'app://evil/index.html',
    'https://pushdesk/index.html',
    'no url',
  ])('are all there is: %s', async (url) => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret');
  });

  it('answer to GET alone', async () => {
    expect((await get('app://pushdesk/index.html', 'POST')).status).toBe(405);
  });

  it('never lie outside their folder, whatever the path', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '/',
      '%2f',
      '\\',
      '%5c',
      'a',
      '%00',
      '//',
      ' ',
      'ü',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = resolveAppFile('/srv/root', `app://pushdesk/${pieces.join('')}`);
        expect(file === null || file.startsWith(`${path.resolve('/srv/root')}${path.sep}`)).toBe(true);
      }),
    );
  });
});
