import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BUNDLED } from '../bundle/bundled-packages.mjs';
import { OUT, ROOT } from '../setup/paths.mjs';
import { SetupError } from '../setup/say.mjs';

/** Goes into the package as `resources/licences`. */
export const LICENCES = path.join(OUT, 'licences');

/** Not bundled, but shipped as it is. */
const BESIDE = ['node_modules/better-sqlite3'];

const TEXTS = /^(licen[cs]e|copying|notice)([-._].*)?$/i;

const HEAD = `Pushdesk contains the following packages. Electron's own licence and those of Chromium's parts lie beside the
program, in LICENSE.electron.txt and LICENSES.chromium.html. SQLite, inside better-sqlite3, is in the public domain.
`;

/** Writes Pushdesk's own licence and one file with the licences of all packages that it was built from. */
export function writeLicences() {
  rmSync(LICENCES, { recursive: true, force: true });
  mkdirSync(LICENCES, { recursive: true });
  writeFileSync(path.join(LICENCES, 'Pushdesk.txt'), readFileSync(path.join(ROOT, 'LICENSE'), 'utf8'));
  writeFileSync(path.join(LICENCES, 'Third-party packages.txt'), licencesOf(bundledFolders(), ROOT));
}

function bundledFolders() {
  const lists = readdirSync(BUNDLED).map((name) =>
    JSON.parse(readFileSync(path.join(BUNDLED, name), 'utf8')),
  );
  return [...new Set([...lists.flat(), ...BESIDE])];
}

/**
 * @param {readonly string[]} folders of packages, from `root`
 * @param {string} root
 * @param {string} [head] the text above the list
 * @returns {string} one text; a package that does not state its licence is a SetupError
 */
export function licencesOf(folders, root, head = HEAD) {
  const parts = folders.map((folder) => licenceOf(path.join(root, folder)));
  const byName = new Map(parts.map((part) => [part.title, part.text]));
  const sorted = [...byName].sort(([one], [other]) => (one < other ? -1 : 1));
  return [head, ...sorted.map(([title, text]) => `${'='.repeat(100)}\n${title}\n\n${text.trim()}\n`)].join(
    '\n',
  );
}

/** @param {string} folder */
function licenceOf(folder) {
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((name) => TEXTS.test(name))
    .sort()
    .map((name) => path.join(folder, name));
  const name = `${about.name} ${about.version}`;
  const declared = typeof about.license === 'string' ? about.license : undefined;
  if (texts.length === 0 && declared === undefined) {
    throw new SetupError(`${name} does not state its licence: find out what it is before you package it.`);
  }
  const author = typeof about.author === 'string' ? about.author : about.author?.name;
  const said = `Licence: ${declared}. ${author ? `By ${author}. ` : ''}${homeOf(about)}`;
  return {
    title: `${name}${declared ? ` (${declared})` : ''}`,
    text: texts.length === 0 ? said : texts.map((file) => readFileSync(file, 'utf8').trim()).join('\n\n'),
  };
}

/** @param {{homepage?: string, repository?: string | {url?: string}}} about of a package.json */
function homeOf({ homepage, repository }) {
  return homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? '';
}
