/**
 * What the build makes. Each part has its own sources and is rebuilt only when they have changed. The tools are loaded only when something
 * has to be built: they load slowly and take much memory.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} sources files and folders, from the root of the project
 * @property {() => Promise<void>} build
 */

const TOOLING = ['package-lock.json', 'tsconfig.json', 'build/bundle'];

/** @type {readonly Part[]} */
export const PARTS = [
  {
    name: 'programs',
    sources: [...TOOLING, 'electron'],
    build: async () => (await import('./programs.mjs')).buildPrograms(),
  },
  {
    name: 'window',
    sources: [...TOOLING, 'renderer', 'electron/contract', 'electron/core', 'electron/port'],
    build: async () => (await import('./window.mjs')).buildWindow(),
  },
  {
    name: 'subscribe page',
    sources: [...TOOLING, 'package.json', 'web-demo', 'electron/contract/http.ts'],
    build: async () => (await import('./subscribe-page.mjs')).buildSubscribePage(),
  },
  {
    name: 'icons',
    sources: ['build/bundle/icons.mjs', 'build/icon.svg'],
    build: async () => (await import('./icons.mjs')).buildIcons(),
  },
];
