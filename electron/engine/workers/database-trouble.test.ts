import { expect, it } from 'vitest';
import { databaseTrouble } from './database-trouble.ts';

const failed = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

it.each([
  [failed('could not extend file', '53100'), 'its disk is full'],
  [failed('password authentication failed', '28P01'), 'it does not accept the password'],
  [
    failed('self-signed', 'SELF_SIGNED_CERT_IN_CHAIN'),
    'its certificate is signed by nobody who is trusted here',
  ],
  [
    failed('The server does not support SSL connections'),
    'it does not encrypt, and beyond this machine the connection has to be encrypted',
  ],
  [failed('connect ECONNREFUSED', 'ECONNREFUSED'), 'nothing answers there'],
  [failed('pg-boss is not installed'), 'no engine has set it up yet'],
  [failed('relation "pushdesk.workers" does not exist', '42P01'), 'no engine has set it up yet'],
  [failed('pg-boss database requires migrations'), 'another version of Pushdesk has set it up'],
  [failed('Something new.', 'XX000'), 'Something new'],
  [failed('constructor', 'constructor'), 'constructor'],
  [7, 'no answer'],
])('says why in words: %s', (error, what) => {
  const said = databaseTrouble(error);
  expect(said.what).toBe(what);
  expect(said.cure).toMatch(/^[A-Z].*\.$/);
});
