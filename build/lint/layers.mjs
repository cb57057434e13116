/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} folder where it lives, from the root of the project
 * @property {string[]} mayImport names of other layers
 * @property {string[]} externals packages from npm, as micromatch patterns of the package name
 * @property {boolean} node whether Node's own modules are allowed
 * @property {string[]} [testsMayImport] names of layers that its tests may import beside its own
 * @property {boolean} [pageApiTypes] whether types (never values) of `electron/contract/http.ts` are allowed
 */

/**
 * Who may import what. Default deny: a folder or package that is not named here may not be imported.
 * @type {readonly Layer[]}
 */
export const LAYERS = [
  {
    name: 'contract',
    folder: 'electron/contract',
    mayImport: [],
    externals: ['zod', '@orpc/contract'],
    node: false,
  },
  { name: 'core', folder: 'electron/core', mayImport: ['contract'], externals: [], node: false },
  {
    name: 'port',
    folder: 'electron/port',
    mayImport: ['contract'],
    externals: [
      'zod',
      '@orpc/client',
      '@orpc/contract',
      '@orpc/server',
      '@orpc/standard-server-peer',
      'fast-check',
    ],
    node: false,
  },
  { name: 'files', folder: 'electron/files', mayImport: ['contract'], externals: [], node: true },
  {
    name: 'base',
    folder: 'electron/engine/base',
    mayImport: ['core', 'contract', 'files'],
    externals: ['pino', '@orpc/contract'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    name: 'net',
    folder: 'electron/engine/net',
    mayImport: ['base', 'core', 'contract'],
    externals: ['undici', 'ipaddr.js'],
    node: true,
    testsMayImport: ['wire', 'engine'],
  },
  {
    // Knows no store, no private key and no judgement: it may run on another machine.
    name: 'wire',
    folder: 'electron/engine/wire',
    mayImport: ['net', 'base', 'core', 'contract'],
    externals: ['undici', 'web-push', 'zod'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    name: 'store',
    folder: 'electron/engine/store',
    mayImport: ['base', 'core', 'contract', 'files'],
    externals: ['better-sqlite3', 'zod'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    name: 'dispatch',
    folder: 'electron/engine/dispatch',
    mayImport: ['store', 'keys', 'wire', 'base', 'core', 'contract', 'files'],
    externals: ['web-push', 'zod'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    name: 'keys',
    folder: 'electron/engine/keys',
    mayImport: ['store', 'base', 'core', 'contract', 'files'],
    externals: ['zod', 'web-push'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    name: 'engine',
    folder: 'electron/engine',
    mayImport: ['base', 'net', 'wire', 'store', 'dispatch', 'keys', 'core', 'contract', 'files', 'port'],
    externals: ['!{electron,electron-*}'],
    node: true,
  },
  {
    name: 'main',
    folder: 'electron/main',
    mayImport: ['contract', 'core', 'files', 'port'],
    externals: [
      'electron',
      'electron-window-state',
      'zod',
      '@jellybrick/dbus-next',
      '@orpc/client',
      '@orpc/contract',
      '@orpc/server',
    ],
    node: true,
  },
  { name: 'preload', folder: 'electron/preload', mayImport: [], externals: ['electron'], node: false },
  {
    // What puts a component on a page, before an engine that answers as a test says: for tests alone.
    name: 'component-testing',
    folder: 'renderer/testing',
    mayImport: ['renderer', 'contract', 'core'],
    externals: ['react', 'wouter', 'vitest', '@mantine/*', '@orpc/client', '@testing-library/*'],
    node: false,
  },
  {
    name: 'renderer',
    folder: 'renderer',
    mayImport: ['contract', 'core', 'port'],
    externals: [
      'react',
      'react-dom',
      'wouter',
      'zod',
      '@fontsource-variable/*',
      '@mantine/*',
      '@orpc/*',
      '@tabler/*',
      '@tanstack/*',
    ],
    node: false,
    testsMayImport: ['component-testing'],
  },
  { name: 'web-demo', folder: 'web-demo', mayImport: [], externals: [], node: false, pageApiTypes: true },
  {
    name: 'test',
    folder: 'test',
    mayImport: [
      'contract',
      'core',
      'files',
      'port',
      'base',
      'net',
      'wire',
      'store',
      'keys',
      'dispatch',
      'engine',
      'main',
      'preload',
      'renderer',
      'web-demo',
      'build',
    ],
    externals: ['*', '@*/*'],
    node: true,
  },
  { name: 'build', folder: 'build', mayImport: [], externals: ['*', '@*/*'], node: true },
];

/** What a `*.test.ts` beside the code may use on top of its layer. Node's own modules are allowed too. */
export const EXTERNALS_OF_TESTS = ['vitest', 'fast-check', '@testing-library/react'];
