import { expect, it } from 'vitest';
import { unknownVariables, VARIABLES } from './variables.ts';

it('is silent about variables that are known, of others, or not ours', () => {
  const known = VARIABLES.flatMap(({ name, isSecret }) => (isSecret ? [name, `${name}_FILE`] : [name]));
  const env = Object.fromEntries(
    [...known, 'PUSHDESK_URL', 'PATH', 'MY_PUSHDESK_PORT'].map((name) => [name, '1']),
  );
  expect(unknownVariables(env)).toEqual([]);
});

it.each([
  ['PUSHDESK_PROT', 'Did you mean PUSHDESK_PORT?'],
  ['PUSHDESK_DATADIR', 'Did you mean PUSHDESK_DATA_DIR?'],
  ['pushdesk_port', 'Did you mean PUSHDESK_PORT?'],
  ['PUSHDESK_API_TOKEN_FIEL', 'Did you mean PUSHDESK_API_TOKEN_FILE?'],
  ['PUSHDESK_VAPID_PUBLICKEY', 'Did you mean PUSHDESK_VAPID_PUBLIC_KEY?'],
  ['PUSHDESK_SOMETHING_ELSE_ENTIRELY', 'docs/local-api.md lists them all.'],
])('says that %s is none of them', (name, cure) => {
  expect(unknownVariables({ [name]: 'secret' })).toEqual([
    { code: 'unknown-variable', cause: `There is no variable ${name}, so it was ignored.`, cure },
  ]);
});

it('names a handful of them, however many and long they are', () => {
  const env = Object.fromEntries(
    Array.from({ length: 50 }, (_, at) => [`PUSHDESK_${'X'.repeat(9000)}${at}`, '']),
  );
  const told = unknownVariables(env);
  expect(told).toHaveLength(5);
  expect(told.every(({ cause }) => cause.length < 120)).toBe(true);
});
