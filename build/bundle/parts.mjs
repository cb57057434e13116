import { buildIcons } from './icons.mjs';
import { buildPrograms } from './programs.mjs';
import { buildSubscribePage } from './subscribe-page.mjs';
import { buildWindow } from './window.mjs';

/**
 * What the build makes, each part from its own sources, so that each is made anew only when they have changed.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} sources files and folders, from the root of the project
 * @property {() => Promise<void>} build
 */

const TOOLING = ['package-lock.json', 'tsconfig.json', 'build/bundle'];

/** @type {readonly Part[]} */
export const PARTS = [
  { name: 'programs', sources: [...TOOLING, 'electron'], build: buildPrograms },
  {
    name: 'window',
    sources: [...TOOLING, 'renderer', 'electron/contract', 'electron/core'],
    build: buildWindow,
  },
  {
    name: 'subscribe page',
    sources: [...TOOLING, 'web-demo', 'electron/contract/http.ts'],
    build: buildSubscribePage,
  },
  { name: 'icons', sources: ['build/bundle/icons.mjs', 'build/icon.svg'], build: buildIcons },
];
