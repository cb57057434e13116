import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { VARIABLES } from '../electron/engine/entries/headless/variables.ts';

const file = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const namedIn = (text: string) =>
  [...new Set(text.match(/PUSHDESK_[A-Z_]+/g))].filter((name) => !name.endsWith('_FILE'));
const names = VARIABLES.map(({ name }) => name).sort();

it('the help of npm run headless names every variable, and no other', () => {
  const { stdout } = spawnSync(process.execPath, [file('build/headless.mjs'), '--help'], {
    encoding: 'utf8',
  });
  expect(namedIn(stdout).sort()).toEqual(names);
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

it('the README names none that is not read', () => {
  const known = [...names, 'PUSHDESK_URL'];
  expect(namedIn(readFileSync(file('README.md'), 'utf8')).filter((name) => !known.includes(name))).toEqual(
    [],
  );
});
