import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { readPageFiles } from './page-files.ts';

describe('readPageFiles', () => {
  it('takes the kinds of file that a page is made of, and nothing else', async () => {
    const dir = tempFolder();
    const names = [
      'index.html',
      'sw.js',
      'style.css',
      'icon.svg',
      'icon.png',
      'app.webmanifest',
      'sw.js.map',
      '.env',
      'notes',
    ];
    for (const name of names) await writeFile(path.join(dir, name), name);
    await mkdir(path.join(dir, 'folder'));

    const page = await readPageFiles(dir);

    if (page.kind !== 'read') throw new Error(page.problem.cause);
    expect([...page.files.keys()].sort()).toEqual([
      '/',
      '/app.webmanifest',
      '/icon.png',
      '/icon.svg',
      '/style.css',
      '/sw.js',
    ]);
    expect(page.files.get('/')?.body.toString()).toBe('index.html');
    expect(page.files.get('/app.webmanifest')?.type).toBe('application/manifest+json');
  });

  it('takes the kit from its folder, with types that are no scripts', async () => {
    const dir = tempFolder();
    await mkdir(path.join(dir, 'kit'));
    const kit = ['pushdesk.js', 'pushdesk.mjs', 'pushdesk.d.ts', 'notes', '.env'];
    for (const name of ['index.html', 'sw.js', ...kit.map((file) => `kit/${file}`)]) {
      await writeFile(path.join(dir, name), name);
    }
    const page = await readPageFiles(dir);
    if (page.kind !== 'read') throw new Error(page.problem.cause);
    const types = [...page.files].map(([name, { type }]) => [name, type.split(';')[0]]);
    expect(Object.fromEntries(types)).toEqual({
      '/': 'text/html',
      '/sw.js': 'text/javascript',
      '/kit/pushdesk.js': 'text/javascript',
      '/kit/pushdesk.mjs': 'text/javascript',
      '/kit/pushdesk.d.ts': 'text/plain',
    });
  });

  it('gives other bytes another validator', async () => {
    const dir = tempFolder();
    await writeFile(path.join(dir, 'index.html'), 'a');
    await writeFile(path.join(dir, 'sw.js'), 'b');
    const page = await readPageFiles(dir);
    if (page.kind !== 'read') throw new Error(page.problem.cause);
    expect(page.files.get('/')?.etag).not.toBe(page.files.get('/sw.js')?.etag);
  });

  it.each([
    ['a folder that is not there', 'nowhere', 'index.html and sw.js'],
    ['a folder without the worker', '', 'sw.js'],
  ])('says what is missing in %s', async (_what, below, missing) => {
    const dir = path.join(tempFolder(), below);
    if (below === '') await writeFile(path.join(dir, 'index.html'), '');
    const page = await readPageFiles(dir);
    expect(page).toMatchObject({ kind: 'missing', problem: { code: 'page-missing' } });
    if (page.kind === 'missing') expect(page.problem.cause).toContain(missing);
  });
});
