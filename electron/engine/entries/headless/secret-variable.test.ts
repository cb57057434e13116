import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { readSecrets } from './headless-secrets.ts';
import { readSecretVariable } from './secret-variable.ts';

const TOKEN = 'a'.repeat(40);
const NAME = 'PUSHDESK_API_TOKEN';

/** A file as an orchestrator provides it. */
function secretFile(content: string | Buffer, mode = 0o400): string {
  const file = path.join(tempFolder(), 'secret');
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

const read = (env: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
  readSecretVariable({ env, platform }, NAME);

function refusalOf(env: Record<string, string>) {
  try {
    read(env);
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
  throw new Error('It was taken.');
}

describe('a secret', () => {
  it.each([
    ['nothing', {}, null],
    ['empty variables', { [NAME]: ' ', [`${NAME}_FILE`]: '' }, null],
    ['the variable', { [NAME]: ` ${TOKEN}\n` }, TOKEN],
  ])('comes from %s', (_what, env, value) => {
    expect(read(env)).toEqual({ value, warning: null });
  });

  it.each([
    ['as it is', TOKEN],
    ['with a line end', `${TOKEN}\n`],
    ['with a line end of Windows', `${TOKEN}\r\n`],
    ['with a byte order mark', `\uFEFF${TOKEN}`],
  ])('comes from a file, %s', (_what, content) => {
    expect(read({ [`${NAME}_FILE`]: secretFile(content) })).toEqual({ value: TOKEN, warning: null });
  });

  it('comes from a file behind a symbolic link, as Kubernetes mounts it', () => {
    const link = path.join(tempFolder(), 'link');
    symlinkSync(secretFile(TOKEN), link);
    expect(read({ [`${NAME}_FILE`]: link }).value).toBe(TOKEN);
  });

  it('in a file that others can reach is taken, and the variable and the mode are named', () => {
    for (const mode of [0o444, 0o640, 0o604]) {
      const { value, warning } = read({ [`${NAME}_FILE`]: secretFile(TOKEN, mode) });
      expect(value).toBe(TOKEN);
      expect(warning?.cause).toContain(`${NAME}_FILE names (mode 0${mode.toString(8)})`);
    }
    expect(read({ [`${NAME}_FILE`]: secretFile(TOKEN, 0o444) }, 'win32').warning).toBeNull();
  });

  it('is refused where both are set, whatever stands in them', () => {
    const problem = refusalOf({ [NAME]: TOKEN, [`${NAME}_FILE`]: secretFile(TOKEN) });
    expect(problem.code).toBe('secret-set-twice');
    expect(problem.cause).toBe('PUSHDESK_API_TOKEN and PUSHDESK_API_TOKEN_FILE are both set.');
  });

  it.each([
    [
      'is missing',
      () => path.join(tempFolder(), 'nowhere'),
      'secret-file-unreadable',
      'there is no such file',
    ],
    [
      'is below a file',
      () => path.join(secretFile(TOKEN), 'x'),
      'secret-file-unreadable',
      'there is no such file',
    ],
    ['is a folder', () => tempFolder(), 'secret-file-unreadable', 'is not a file'],
    ['is empty', () => secretFile(''), 'secret-file-empty', 'is empty'],
    ['has only line ends', () => secretFile('\n\n'), 'secret-file-empty', 'is empty'],
    ['is over 4 kB', () => secretFile('x'.repeat(4097)), 'secret-file-too-large', 'is over 4 kB'],
    ['has no end', () => '/dev/zero', 'secret-file-unreadable', 'is not a file'],
    [
      'has bytes that are no text',
      () => secretFile(Buffer.from([0xff, 0xfe, 0x41])),
      'secret-file-no-text',
      'does not contain text',
    ],
    ['has a NUL in it', () => secretFile(`${TOKEN}\0`), 'secret-file-no-text', 'does not contain text'],
    ['is the secret itself, by mistake', () => TOKEN, 'secret-file-unreadable', 'there is no such file'],
  ])('is refused in words that show neither path nor value where the file %s', (_what, file, code, words) => {
    const named = file();
    const problem = refusalOf({ [`${NAME}_FILE`]: named });
    expect(problem).toMatchObject({ code, cause: expect.stringContaining(words) as string });
    expect(problem.cause).toContain(`${NAME}_FILE`);
    expect(JSON.stringify(problem)).not.toContain(named);
    expect(JSON.stringify(problem)).not.toContain(TOKEN);
  });

  it('does not wait for a pipe that nobody writes to', () => {
    const pipe = path.join(tempFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(refusalOf({ [`${NAME}_FILE`]: pipe }).code).toBe('secret-file-unreadable');
  });

  it('is refused where this user may not read the file', () => {
    const file = secretFile(TOKEN, 0o000);
    const problem = withoutRootsRights(() => refusalOf({ [`${NAME}_FILE`]: file }));
    expect(problem.cause).toContain('permission denied');
  });
});

/** File permissions do not bind root, so for the duration of the test root acts as nobody. */
function withoutRootsRights<Result>(act: () => Result): Result {
  if (process.getuid?.() !== 0) return act();
  process.seteuid?.('nobody');
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

it('reads each secret of the environment from a file', () => {
  const pair = makeKeyPair();
  const folder = tempFolder();
  mkdirSync(folder, { recursive: true });
  const env = {
    PUSHDESK_VAPID_PRIVATE_KEY_FILE: secretFile(`${pair.privateKey}\n`),
    PUSHDESK_VAPID_PUBLIC_KEY_FILE: secretFile(`${pair.publicKey}\n`),
    PUSHDESK_VAPID_SUBJECT_FILE: secretFile('mailto:owner@example.com\n', 0o444),
    PUSHDESK_API_TOKEN_FILE: secretFile(`${TOKEN}\n`),
  };
  const { secrets, warnings } = readSecrets({ env, platform: 'linux' });
  expect(secrets).toEqual({
    apiToken: TOKEN,
    keyPair: { ...pair, subject: 'mailto:owner@example.com' },
    workers: null,
  });
  expect(warnings.map(({ code }) => code)).toEqual(['secret-file-open']);
});
