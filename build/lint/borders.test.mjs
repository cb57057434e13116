import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AREAS, LAYERS, RENDERER_PARTS } from './layers.mjs';
import { lint } from './testing/lint.mjs';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const root = path.join(import.meta.dirname, 'fixtures');
const files = readdirSync(root, { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(path.sep).join('/'));
const breachesIn = (name) =>
  readFileSync(path.join(root, name), 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.includes('// breach') ? [index + 1] : []));

describe('the import table', () => {
  it('reports every breach and nothing else', () => {
    // With the project's own configuration: so the rule is proved to be on wherever the miniature has a file.
    const found = lint({ cwd: root }).filter(({ rule }) => rule === 'borders');
    const reported = new Set(found.map(({ file, line }) => `${file}:${line}`));
    const breaches = files.flatMap((name) => breachesIn(name).map((line) => `${name}:${line}`));
    expect([...reported].sort()).toEqual(breaches.sort());
  });

  it('has a breach in the fixtures for every layer that forbids something', () => {
    const breached = files.filter((name) => breachesIn(name).length > 0);
    const forbidding = LAYERS.filter(({ name }) => name !== 'test' && name !== 'build');
    for (const { folder } of forbidding) expect(breached.some((name) => name.startsWith(folder))).toBe(true);
  });

  it('knows each area of the engine', () => {
    const folder = path.join(projectRoot, 'electron/engine/areas');
    const areas = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'area.ts')));
    expect(AREAS).toEqual(areas.sort());
  });

  it('knows each folder of the window', () => {
    const renderer = path.join(projectRoot, 'renderer');
    const foldersIn = (folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
    const found = [
      ...foldersIn(renderer).filter((name) => name !== 'features' && name !== 'testing'),
      ...foldersIn(path.join(renderer, 'features')).map((name) => `features/${name}`),
    ];
    expect(RENDERER_PARTS.map(({ folder }) => folder).sort()).toEqual(found.sort());
  });

  it('lets no folder of the window lead back to itself', () => {
    const reached = new Set();
    const isAbove = ({ mayImport, typesOf = [] }) =>
      [...mayImport, ...typesOf].every((folder) => reached.has(folder));
    // A folder that needs only folders already reached is reached next; one in a circle never is.
    for (let turn = 0; turn < RENDERER_PARTS.length; turn++) {
      for (const part of RENDERER_PARTS.filter(isAbove)) reached.add(part.folder);
    }
    expect(RENDERER_PARTS.map(({ folder }) => folder).filter((folder) => !reached.has(folder))).toEqual([]);
  });
});
