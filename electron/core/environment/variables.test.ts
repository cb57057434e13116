import { expect, it } from 'vitest';
import { unknownVariables, VARIABLES } from './variables.ts';

it('is silent about variables that are known, of others, or not ours', () => {
  const known = VARIABLES.flatMap(({ name, isSecret }) => (isSecret ? [name, `${name}_FILE`] : [name]));
  const env = Object.fromEntries(
    [...known, 'PUSHDESK_URL', 'PATH', 'MY_PUSHDESK_PORT'].map((name) => [name, '1']),
  );
  expect(unknownVariables(env, 'headless')).toEqual([]);
});

it.each([
  ['PUSHDESK_PROT', 'Did you mean PUSHDESK_PORT?'],
  ['PUSHDESK_DATADIR', 'Did you mean PUSHDESK_DATA_DIR?'],
  ['pushdesk_port', 'Did you mean PUSHDESK_PORT?'],
  ['PUSHDESK_API_TOKEN_FIEL', 'Did you mean PUSHDESK_API_TOKEN_FILE?'],
  ['PUSHDESK_VAPID_PUBLICKEY', 'Did you mean PUSHDESK_VAPID_PUBLIC_KEY?'],
  ['PUSHDESK_SOMETHING_ELSE_ENTIRELY', 'docs/local-api.md lists them all.'],
])('says that %s is none of them', (name, cure) => {
  expect(unknownVariables({ [name]: 'secret' }, 'headless')).toEqual([
    { code: 'unknown-variable', cause: `There is no variable ${name}, so it was ignored.`, cure },
  ]);
});

it.each([
  ['PUSHDESK_PROT', 'There is no variable PUSHDESK_PROT, so it was ignored. Did you mean PUSHDESK_PORT?'],
  [
    'PUSHDESK_SOMETHING_ELSE',
    'There is no variable PUSHDESK_SOMETHING_ELSE, so it was ignored. README.md lists them all.',
  ],
  [
    'PUSHDESK_VAPID_PRIVATE_KEY_FILE',
    'The app does not read PUSHDESK_VAPID_PRIVATE_KEY_FILE, so it was ignored. Import the key pair on Keys. npm run headless reads this variable.',
  ],
  [
    'PUSHDESK_API_TOKEN',
    'The app does not read PUSHDESK_API_TOKEN, so it was ignored. Its API token is on the Server screen. npm run headless reads this variable.',
  ],
])('says that the app does not read %s', (name, said) => {
  expect(unknownVariables({ [name]: 'secret' }, 'app').map(({ cause, cure }) => `${cause} ${cure}`)).toEqual([
    said,
  ]);
});

it('has nothing to say of what the app reads', () => {
  const env = { PUSHDESK_DATA_DIR: '/a', PUSHDESK_PORT: '1', PUSHDESK_EXTRA_CA_CERTS: '/b', HOME: '/c' };
  expect(unknownVariables(env, 'app')).toEqual([]);
});

it('names a handful of them, however many and long they are', () => {
  const env = Object.fromEntries(
    Array.from({ length: 50 }, (_, at) => [`PUSHDESK_${'X'.repeat(9000)}${at}`, '']),
  );
  const told = unknownVariables(env, 'headless');
  expect(told).toHaveLength(5);
  expect(told.every(({ cause }) => cause.length < 120)).toBe(true);
});

it('leads the app to its own log', () => {
  expect(unknownVariables({ PUSHDESK_LOG: 'plain' }, 'app')).toMatchObject([
    { cure: 'Its log is in the data folder. npm run headless reads this variable.' },
  ]);
});
