import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { borders } from './borders.mjs';
import { AREAS, LAYERS, RENDERER_PARTS } from './layers.mjs';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const root = path.join(import.meta.dirname, 'fixtures');
const files = readdirSync(root, { recursive: true }).filter((name) => name.endsWith('.ts'));

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
    ...borders({ root }),
  ],
});

describe('the import table', () => {
  it.each(files)('reports every breach in %s and nothing else', async (name) => {
    const file = path.join(root, name);
    const breaches = readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.includes('// breach') ? [index + 1] : []));
    const [result] = await eslint.lintFiles([file]);
    const reported = new Set(result.messages.map(({ line }) => line));
    expect([...reported].sort((a, b) => a - b)).toEqual(breaches);
  });

  it('has a breach in the fixtures for every layer that forbids something', () => {
    const breached = files.filter((name) =>
      readFileSync(path.join(root, name), 'utf8').includes('// breach'),
    );
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
    // One that needs only what is reached is reached next; what is in a circle never is.
    for (let turn = 0; turn < RENDERER_PARTS.length; turn++) {
      for (const part of RENDERER_PARTS.filter(isAbove)) reached.add(part.folder);
    }
    expect(RENDERER_PARTS.map(({ folder }) => folder).filter((folder) => !reached.has(folder))).toEqual([]);
  });

  it.each([
    'electron/contract/ids.ts',
    'electron/core/assert-never.ts',
    'electron/engine/base/clock.ts',
    'electron/main/index.ts',
    'electron/preload/index.ts',
    'renderer/main.tsx',
    'renderer/ui/Page.tsx',
    'renderer/features/compose/Composer.tsx',
    'web-demo/page.ts',
  ])('is switched on for %s', async (file) => {
    const config = await new ESLint({ cwd: projectRoot }).calculateConfigForFile(
      path.join(projectRoot, file),
    );
    expect(config.rules['boundaries/dependencies'][0]).toBe(2);
    expect(config.rules['boundaries/no-unknown-dependencies'][0]).toBe(2);
  });
});
