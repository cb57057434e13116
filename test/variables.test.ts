import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import {
  defaultOf,
  meaningOf,
  PORT_VARIABLE,
  SETTING_VARIABLES,
  valuesOf,
} from '../electron/contract/setting-variables.ts';
import { VARIABLES } from '../electron/core/environment/variables.ts';

const file = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const namedIn = (text: string) =>
  [...new Set(text.match(/PUSHDESK_[A-Z_]+/g))].filter((name) => !name.endsWith('_FILE'));
const names = VARIABLES.map(({ name }) => name).sort();

const ofSettings = SETTING_VARIABLES.map(({ variable }) => variable);

it('the help of npm run headless names every variable but those of the settings, and one of these', () => {
  const { stdout } = spawnSync(process.execPath, [file('build/headless.mjs'), '--help'], {
    encoding: 'utf8',
  });
  const [forExample, ...others] = namedIn(stdout).filter((name) => !names.includes(name));
  expect(namedIn(stdout).sort()).toEqual([...names, forExample].sort());
  expect(ofSettings).toContain(forExample);
  expect(others).toEqual([]);
  expect(stdout).toContain('_FILE');
});

it('that of the package for servers has the same list', () => {
  expect(readFileSync(file('build/server/entry.mjs'), 'utf8')).toContain('${VARIABLES_HELP}');
});

it('so does the table in the docs', () => {
  const rows = readFileSync(file('docs/local-api.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `PUSHDESK_'));
  expect(namedIn(rows.join('\n')).sort()).toEqual(names);
});

it('the guide for servers has a row for each setting, as the settings themselves say', () => {
  const squeezed = (row: string) => row.replace(/\s+/g, ' ').trim();
  const rows = readFileSync(file('docs/server.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `PUSHDESK_'))
    .map(squeezed);
  const expected = SETTING_VARIABLES.filter(({ variable }) => variable !== PORT_VARIABLE).map(
    ({ setting, variable }) =>
      `| \`${variable}\` | ${meaningOf(setting)} | ${valuesOf(setting)} | ${defaultOf(setting)} |`,
  );
  expect(rows).toEqual(expected);
});

it('the README names none that is not read', () => {
  const known = [...names, ...ofSettings, 'PUSHDESK_URL'];
  expect(namedIn(readFileSync(file('README.md'), 'utf8')).filter((name) => !known.includes(name))).toEqual(
    [],
  );
});
