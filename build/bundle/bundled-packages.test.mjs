import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../setup/paths.mjs';
import { packagesOf } from './bundled-packages.mjs';

it('names each package once, with its scope, and the innermost where one lies in another', () => {
  const modules = [
    'node_modules/zod/index.js',
    'node_modules/zod/lib/a.js',
    path.join(ROOT, 'node_modules', '@mantine', 'core', 'esm', 'index.mjs'),
    'node_modules/a/node_modules/@b/c/index.js',
    `\0${path.join(ROOT, 'node_modules', 'react', 'index.js')}?commonjs-proxy`,
    'electron/main/index.ts',
    '\0rolldown/runtime.js',
  ];
  expect(packagesOf(modules)).toEqual([
    'node_modules/@mantine/core',
    'node_modules/a/node_modules/@b/c',
    'node_modules/react',
    'node_modules/zod',
  ]);
});
