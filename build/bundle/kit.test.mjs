import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildKit, KIT_LIMIT } from './kit.mjs';

const kit = mkdtempSync(path.join(tmpdir(), 'pushdesk-kit-'));
beforeAll(() => buildKit(kit, ['firefox115']));
afterAll(() => {
  rmSync(kit, { recursive: true });
});

it.each(['pushdesk.js', 'pushdesk.mjs'])('%s stays below what a visitor may have to load', (name) => {
  expect(gzipSync(readFileSync(path.join(kit, name)), { level: 9 }).length).toBeLessThan(KIT_LIMIT);
});

it('exports as a module what its types declare, and can be loaded where there is no page', async () => {
  const types = readFileSync(path.join(kit, 'pushdesk.d.mts'), 'utf8');
  const declared = [...types.matchAll(/^export const (\w+):/gm)].map(([, name]) => name);
  const loaded = await import(pathToFileURL(path.join(kit, 'pushdesk.mjs')).href);
  expect(Object.keys(loaded).toSorted()).toEqual(declared.toSorted());
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(loaded.version).toBe(version);
  expect(await loaded.state()).toMatchObject({ state: 'checking' });
});
