import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { addKeys, copyKeys } from './key-copy.ts';

const kept = (keys: object) => JSON.stringify({ version: 1, keys });

it('copies what cannot be read as it is, and brings back from a copy what cannot be read any more', async () => {
  const folder = tempFolder();
  const [file, copy] = [path.join(folder, 'keys.json'), path.join(folder, 'copy.json')];
  const keysIn = (place: string) => (JSON.parse(readFileSync(place, 'utf8')) as { keys: unknown }).keys;
  writeFileSync(file, kept({ a: { plain: 'A' }, b: ['broken'] }));
  expect(await copyKeys(file, copy)).toEqual({ plain: ['a'], sealed: [] });
  expect(keysIn(copy)).toEqual({ a: { plain: 'A' }, b: ['broken'] });

  writeFileSync(copy, kept({ a: { plain: 'other' }, b: { sealed: 'B' } }));
  expect(await addKeys(copy, file)).toEqual({ plain: ['a'], sealed: ['b'] });
  expect(keysIn(file)).toEqual({ a: { plain: 'A' }, b: { sealed: 'B' } });
});
