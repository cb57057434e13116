import { readFileSync } from 'node:fs';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import { checkSubject } from '../../../core/keys/subject.ts';
import type { EngineSecrets } from '../../areas/engine-secrets.ts';
import { readDatabaseAddress } from '../../workers/database-address.ts';
import type { DatabaseAddress } from '../../workers/work-queue.ts';
import { isToken } from '../../http/local-api/api-token.ts';
import type { HeldKeyPair, RawKeyPair } from '../../keys/curve.ts';
import { readKeys } from '../../keys/key-text.ts';
import type { Machine } from './headless-environment.ts';
import { readSecretVariable } from './secret-variable.ts';

type ValueOf = (name: string) => string | null;

export interface ReadSecrets {
  secrets: EngineSecrets;
  /** What is unwise, but no reason not to start. */
  warnings: Problem[];
}

/**
 * Reads `PUSHDESK_VAPID_PRIVATE_KEY`, `PUSHDESK_VAPID_SUBJECT`, `PUSHDESK_VAPID_PUBLIC_KEY`, `PUSHDESK_API_TOKEN` and `PUSHDESK_WORKERS`,
 * or the files named by the same variables with `_FILE` appended. Empty means not set. Their values never appear in an error.
 *
 * @throws Refusal BAD_INPUT
 */
export function readSecrets(machine: Pick<Machine, 'env' | 'platform'>): ReadSecrets {
  const warnings: Problem[] = [];
  const valueOf: ValueOf = (name) => {
    const { value, warning } = readSecretVariable(machine, name);
    if (warning !== null) warnings.push(warning);
    return value;
  };
  return {
    secrets: {
      keyPair: readKeyPair(valueOf, warnings),
      apiToken: readToken(valueOf),
      workers: readWorkersAddress(valueOf('PUSHDESK_WORKERS'), warnings),
    },
    warnings,
  };
}

/**
 * @param text the value of `PUSHDESK_WORKERS`
 * @param warnings receives what is unwise
 * @throws Refusal BAD_INPUT
 */
export function readWorkersAddress(text: string | null, warnings: Problem[]): DatabaseAddress | null {
  if (text === null) return null;
  const read = readDatabaseAddress(text, (file) => readFileSync(file, 'utf8'), 'environment');
  if (read.kind === 'refused') throw refused(read.problem);
  if (read.warning !== null) warnings.push(read.warning);
  return read.address;
}

function readKeyPair(valueOf: ValueOf, warnings: Problem[]): HeldKeyPair | null {
  const privateText = valueOf('PUSHDESK_VAPID_PRIVATE_KEY');
  const publicText = valueOf('PUSHDESK_VAPID_PUBLIC_KEY');
  const subject = valueOf('PUSHDESK_VAPID_SUBJECT');
  if (privateText === null) {
    if (publicText !== null || subject !== null) throw refused(PRIVATE_KEY_MISSING);
    return null;
  }
  if (subject === null) throw refused(SUBJECT_MISSING);
  const checked = checkSubject(subject);
  if (checked.kind === 'refused') {
    const { code, cause, cure } = checked.problem;
    throw refused({ code, cause: `PUSHDESK_VAPID_SUBJECT: ${cause}`, cure });
  }
  const { privateKey, publicKey } = readPair(privateText, publicText, warnings);
  return { privateKey, publicKey, subject: checked.subject };
}

/** The same reader as in the window. Whatever it corrected is reported, so that the variable can be corrected too. */
function readPair(privateText: string, publicText: string | null, warnings: Problem[]): RawKeyPair {
  const named = [`PUSHDESK_VAPID_PRIVATE_KEY=${privateText}`];
  if (publicText !== null) named.push(`PUSHDESK_VAPID_PUBLIC_KEY=${publicText}`);
  const { pairs, remarks, problem } = readKeys(named.join('\n'));
  if (problem !== null) {
    if (problem.code === 'halves-differ') throw refused(HALVES_DIFFER);
    const cause = `PUSHDESK_VAPID_PRIVATE_KEY is not a usable private key. ${problem.cause}`;
    throw refused({ code: 'vapid-private-key-malformed', cause, cure: PRIVATE_KEY_CURE });
  }
  const [pair, ...others] = pairs;
  if (pair === undefined || others.length > 0) throw refused(SEVERAL_PAIRS);
  // A public half without a matching private one belongs to another pair.
  if (publicText !== null && !pair.isProven) throw refused(PUBLIC_KEY_MALFORMED);
  for (const cause of pair.mended) warnings.push({ code: 'vapid-key-mended', cause, cure: MENDED_CURE });
  for (const cause of remarks) warnings.push({ code: 'vapid-key-mended', cause, cure: REMARK_CURE });
  return pair;
}

function readToken(valueOf: ValueOf): string | null {
  const token = valueOf('PUSHDESK_API_TOKEN');
  if (token !== null && !isToken(token)) throw refused(BAD_TOKEN);
  return token;
}

const refused = (problem: Problem) => new Refusal('BAD_INPUT', problem);

const PRIVATE_KEY_MISSING: Problem = {
  code: 'vapid-private-key-missing',
  cause: 'PUSHDESK_VAPID_SUBJECT or PUSHDESK_VAPID_PUBLIC_KEY is set, but PUSHDESK_VAPID_PRIVATE_KEY is not.',
  cure: 'Set the whole key pair in the environment or none of it, then start Pushdesk again.',
};

const SUBJECT_MISSING: Problem = {
  code: 'vapid-subject-missing',
  cause: 'PUSHDESK_VAPID_PRIVATE_KEY is set, but PUSHDESK_VAPID_SUBJECT is not.',
  cure: 'Set it to mailto: and your email address, or to an https address, then start Pushdesk again.',
};

const PRIVATE_KEY_CURE =
  'Set it to the private key alone, 43 characters of base64url, or to its PEM or JWK, then start Pushdesk again.';

const SEVERAL_PAIRS: Problem = {
  code: 'vapid-several-pairs',
  cause: 'PUSHDESK_VAPID_PRIVATE_KEY has more than one key pair.',
  cure: 'Set it to one of them, then start Pushdesk again.',
};

const PUBLIC_KEY_MALFORMED: Problem = {
  code: 'vapid-public-key-malformed',
  cause: 'PUSHDESK_VAPID_PUBLIC_KEY is not a public key.',
  cure: 'Set it to the public key, 87 characters that begin with B, or leave it out, then start Pushdesk again.',
};

const MENDED_CURE = 'Pushdesk started with the key as it should be. Correct the variable when you can.';

const REMARK_CURE = 'Pushdesk started with this key. Check the variable, and correct it when you can.';

const HALVES_DIFFER: Problem = {
  code: 'vapid-halves-differ',
  cause: 'PUSHDESK_VAPID_PUBLIC_KEY and PUSHDESK_VAPID_PRIVATE_KEY do not match.',
  cure: 'Use both keys of one pair, or leave out the public one, then start Pushdesk again.',
};

const BAD_TOKEN: Problem = {
  code: 'api-token-malformed',
  cause: 'PUSHDESK_API_TOKEN is too short to be safe, or has characters that a header cannot carry.',
  cure: 'Set it to 32 or more letters, digits, -, . or _, such as "openssl rand -hex 32" prints, then start Pushdesk again.',
};
