import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { jwkOf, pemOf, testPair } from '../../keys/testing/key-forms.ts';
import { readSecrets as readAll } from './headless-secrets.ts';

const readSecrets = (env: Record<string, string>) => readAll({ env, platform: 'linux' }).secrets;

const pair = makeKeyPair();
const SUBJECT = 'mailto:owner@example.com';
const TOKEN = 'a'.repeat(32);

const codeOf = (env: Record<string, string>) => {
  try {
    readSecrets(env);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.problem.cause + error.problem.cure).not.toContain(pair.privateKey);
    return error.problem.code;
  }
};

const withKey = (more: Record<string, string> = {}) => ({
  PUSHDESK_VAPID_PRIVATE_KEY: pair.privateKey,
  PUSHDESK_VAPID_SUBJECT: SUBJECT,
  ...more,
});

describe('the key pair of the environment', () => {
  it('is not there when nothing is set', () => {
    expect(readSecrets({})).toEqual({ apiToken: null, keyPair: null, workers: null });
    expect(readSecrets({ PUSHDESK_VAPID_PRIVATE_KEY: ' ', PUSHDESK_API_TOKEN: '' })).toEqual({
      apiToken: null,
      keyPair: null,
      workers: null,
    });
  });

  it.each([
    ['the private half alone', {}],
    ['both halves', { PUSHDESK_VAPID_PUBLIC_KEY: pair.publicKey }],
    ['in base64', { PUSHDESK_VAPID_PUBLIC_KEY: Buffer.from(pair.publicKey, 'base64url').toString('base64') }],
    [
      'the private half in base64',
      { PUSHDESK_VAPID_PRIVATE_KEY: Buffer.from(pair.privateKey, 'base64url').toString('base64') },
    ],
  ])('is read: %s', (_name, more) => {
    expect(readSecrets(withKey(more)).keyPair).toEqual({ ...pair, subject: SUBJECT });
  });

  it.each([
    ['in quotes, as docker --env-file keeps them', { PUSHDESK_VAPID_PRIVATE_KEY: `"${pair.privateKey}"` }],
    ['a public half in quotes', { PUSHDESK_VAPID_PUBLIC_KEY: `'${pair.publicKey}'` }],
    ['a contact in quotes', { PUSHDESK_VAPID_SUBJECT: `"${SUBJECT}"` }],
    ['a PEM', { PUSHDESK_VAPID_PRIVATE_KEY: pemOf(testPair(pair)) }],
    [
      'a PEM on one line',
      { PUSHDESK_VAPID_PRIVATE_KEY: `"${pemOf(testPair(pair), 'sec1').replaceAll('\n', '\\n')}"` },
    ],
    [
      'a PEM with its public half beside',
      { PUSHDESK_VAPID_PRIVATE_KEY: pemOf(testPair(pair)), PUSHDESK_VAPID_PUBLIC_KEY: pair.publicKey },
    ],
    ['a JWK', { PUSHDESK_VAPID_PRIVATE_KEY: JSON.stringify(jwkOf(testPair(pair))) }],
    ['what web-push --json prints', { PUSHDESK_VAPID_PRIVATE_KEY: JSON.stringify(pair) }],
    ['swapped', { PUSHDESK_VAPID_PRIVATE_KEY: pair.publicKey, PUSHDESK_VAPID_PUBLIC_KEY: pair.privateKey }],
  ])('is read whatever its form: %s', (_name, more) => {
    expect(readSecrets(withKey(more)).keyPair).toEqual({ ...pair, subject: SUBJECT });
  });

  it('claims no correction where there was none', () => {
    const key = `{"key":"${pair.privateKey}"}`;
    const env = withKey({ PUSHDESK_VAPID_PRIVATE_KEY: `a=1\n${key}`, PUSHDESK_VAPID_PUBLIC_KEY: '' });
    const { warnings } = readAll({ env, platform: 'linux' });
    expect(warnings).toMatchObject([{ cause: expect.stringContaining('Nothing here says') as string }]);
    expect(warnings[0]?.cure).toBe(
      'Pushdesk started with this key. Check the variable, and correct it when you can.',
    );
  });

  it('says what was put right', () => {
    const env = withKey({
      PUSHDESK_VAPID_PRIVATE_KEY: pair.publicKey,
      PUSHDESK_VAPID_PUBLIC_KEY: pair.privateKey,
    });
    expect(readAll({ env, platform: 'linux' }).warnings).toMatchObject([{ code: 'vapid-key-mended' }]);
  });

  it.each([
    [
      'several pairs',
      { PUSHDESK_VAPID_PRIVATE_KEY: `${JSON.stringify(pair)}\n${JSON.stringify(makeKeyPair())}` },
      'vapid-several-pairs',
    ],
    ['a public half that is none', { PUSHDESK_VAPID_PUBLIC_KEY: 'BNrc1' }, 'vapid-public-key-malformed'],
    [
      'a PEM beside the public half of another',
      {
        PUSHDESK_VAPID_PRIVATE_KEY: pemOf(testPair(pair)),
        PUSHDESK_VAPID_PUBLIC_KEY: makeKeyPair().publicKey,
      },
      'vapid-halves-differ',
    ],
    ['no contact', { PUSHDESK_VAPID_SUBJECT: '' }, 'vapid-subject-missing'],
    [
      'a key that is none',
      { PUSHDESK_VAPID_PRIVATE_KEY: 'x'.repeat(43) + '!' },
      'vapid-private-key-malformed',
    ],
    ['a key of zeros', { PUSHDESK_VAPID_PRIVATE_KEY: 'A'.repeat(43) }, 'vapid-private-key-malformed'],
    ['the public half twice', { PUSHDESK_VAPID_PRIVATE_KEY: pair.publicKey }, 'vapid-private-key-malformed'],
    ['halves of two pairs', { PUSHDESK_VAPID_PUBLIC_KEY: makeKeyPair().publicKey }, 'vapid-halves-differ'],
    ['no private half', { PUSHDESK_VAPID_PRIVATE_KEY: '' }, 'vapid-private-key-missing'],
  ])('is refused in words that do not show it: %s', (_name, more, code) => {
    expect(codeOf(withKey(more))).toBe(code);
  });

  it('is refused with a contact that is none', () => {
    expect(codeOf(withKey({ PUSHDESK_VAPID_SUBJECT: 'owner' }))).toMatch(/^subject/);
  });
});

describe('the API token of the environment', () => {
  it('is read', () => {
    expect(readSecrets({ PUSHDESK_API_TOKEN: ` ${TOKEN} ` }).apiToken).toBe(TOKEN);
    expect(readSecrets({ PUSHDESK_API_TOKEN: `"${TOKEN}"` }).apiToken).toBe(TOKEN);
  });

  it.each(['short', 'x'.repeat(31), `${TOKEN} ${TOKEN}`, `${TOKEN}\u00e9`, 'x'.repeat(600)])(
    'is refused: %s',
    (token) => {
      expect(codeOf({ PUSHDESK_API_TOKEN: token })).toBe('api-token-malformed');
    },
  );
});

it('reads the database of the workers, and repeats nothing of it where it is wrong', () => {
  const read = (env: Record<string, string>) => readSecrets(env).workers;
  const PUSHDESK_WORKERS = 'postgres://me:secret@db.example/push';
  expect(read({})).toBeNull();
  expect(read({ PUSHDESK_WORKERS })).toMatchObject({ host: 'db.example' });
  for (const env of [{ PUSHDESK_WORKERS: `${PUSHDESK_WORKERS}?sslmode=maybe` }]) {
    let text = '';
    try {
      read(env);
    } catch (error) {
      text = JSON.stringify(error);
    }
    expect(text).toContain('PUSHDESK_');
    expect(text).not.toContain('secret');
  }
});
