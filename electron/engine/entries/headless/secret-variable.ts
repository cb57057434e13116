import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import { withoutOuterQuotes } from '../../../core/text/plain-text.ts';
import type { Machine } from './headless-environment.ts';

/** Keys and tokens are far shorter; no more than this is read from a file that was named by mistake. */
const LARGEST_BYTES = 4096;
/** Without this, a pipe that nobody writes to would hold up the start. Windows has neither the pipe nor the flag. */
const WITHOUT_WAITING = process.platform === 'win32' ? 0 : constants.O_NONBLOCK;
/** Permissions for anyone but the owner. */
const OTHERS = 0o077;

export interface SecretVariable {
  /** Without surrounding blanks and quotes; `null`: it is not set. */
  value: string | null;
  /** A warning that other users can reach the file that contains it; `null`: they cannot, or there is no file. */
  warning: Problem | null;
}

/**
 * Reads a secret from a variable, or from the file named by the variable of the same name with `_FILE` appended, as is usual for container
 * images. Empty means not set. Surrounding quotes are not part of it: `docker --env-file` keeps them. Neither the value nor the path
 * appears in an error: the secret may have been given in place of the path.
 *
 * @throws Refusal BAD_INPUT if both are set, or if the file cannot be read, is empty, too large, or not text
 */
export function readSecretVariable(
  { env, platform }: Pick<Machine, 'env' | 'platform'>,
  name: string,
): SecretVariable {
  const value = withoutOuterQuotes(env[name] ?? '');
  const variable = `${name}_FILE`;
  const file = withoutOuterQuotes(env[variable] ?? '');
  if (value !== '' && file !== '') throw refused('secret-set-twice', `${name} and ${variable} are both set`);
  if (file === '') return { value: value === '' ? null : value, warning: null };

  const { bytes, mode } = readFile(file, variable);
  const decoded = decode(bytes);
  const text = decoded === undefined ? undefined : withoutOuterQuotes(decoded);
  if (text === undefined || text.includes('\0'))
    throw refused('secret-file-no-text', `The file that ${variable} names does not contain text`);
  if (text === '') throw refused('secret-file-empty', `The file that ${variable} names is empty`);
  // Windows has no such permissions: the mode means nothing there.
  const isOpen = platform !== 'win32' && (mode & OTHERS) !== 0;
  return { value: text, warning: isOpen ? openToOthers(variable, mode) : null };
}

function readFile(file: string, variable: string): { bytes: Buffer; mode: number } {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(file, constants.O_RDONLY | WITHOUT_WAITING);
    const { mode, size } = fstatSync(descriptor);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG)
      throw refused('secret-file-unreadable', `What ${variable} names is not a file`);
    const buffer = Buffer.alloc(LARGEST_BYTES + 1);
    const length = readSync(descriptor, buffer);
    if (size > LARGEST_BYTES || length > LARGEST_BYTES)
      throw refused('secret-file-too-large', `The file that ${variable} names is over 4 kB`);
    return { bytes: buffer.subarray(0, length), mode: mode & 0o777 };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refused(
      'secret-file-unreadable',
      `The file that ${variable} names cannot be read: ${reasonOf(error)}`,
    );
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function decode(bytes: Buffer): string | undefined {
  try {
    // PowerShell writes UTF-16 with a byte order mark.
    const [first, second] = bytes;
    const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    default:
      return code;
  }
}

const CURES: Readonly<Record<string, string>> = {
  'secret-set-twice': 'Keep one of the two, then start Pushdesk again.',
  'secret-file-unreadable':
    'Name a file that this user can read and that contains only the secret, then start Pushdesk again.',
  'secret-file-empty': 'Put the secret in it, then start Pushdesk again.',
  'secret-file-too-large': 'Name a file that contains only the secret, then start Pushdesk again.',
  'secret-file-no-text': 'Name a text file that contains only the secret, then start Pushdesk again.',
};

const refused = (code: string, what: string) =>
  new Refusal('BAD_INPUT', { code, cause: `${what}.`, cure: CURES[code] ?? '' });

const openToOthers = (variable: string, mode: number): Problem => ({
  code: 'secret-file-open',
  cause: `Other users on this machine can reach the file that ${variable} names (mode ${mode.toString(8).padStart(4, '0')}).`,
  cure: 'If there are any, set its mode to 0600 or 0400.',
});
