import { Refusal, type Problem } from '../../contract/problem.ts';
import { readKeyPairText } from '../../core/key-pair-text.ts';
import { checkSubject } from '../../core/subject.ts';
import type { EngineSecrets, HeldKeyPair } from '../engine-secrets.ts';
import { isToken } from '../http/local-api/api-token.ts';
import { derivePublicKey } from '../keys/curve.ts';
import type { Machine } from './headless-environment.ts';

type Env = Machine['env'];

/**
 * Reads `PUSHDESK_VAPID_PRIVATE_KEY`, `PUSHDESK_VAPID_SUBJECT`, `PUSHDESK_VAPID_PUBLIC_KEY` and `PUSHDESK_API_TOKEN`. Empty
 * means not set. Their values stand in no error.
 *
 * @throws Refusal BAD_INPUT
 */
export function readSecrets(env: Env): EngineSecrets {
  return { keyPair: readKeyPair(env), apiToken: readToken(env) };
}

function readKeyPair(env: Env): HeldKeyPair | null {
  const privateText = valueOf(env, 'PUSHDESK_VAPID_PRIVATE_KEY');
  const publicText = valueOf(env, 'PUSHDESK_VAPID_PUBLIC_KEY');
  const subject = valueOf(env, 'PUSHDESK_VAPID_SUBJECT');
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
  const read = readKeyPairText(privateText);
  const publicKey = read.kind === 'read' ? derivePublicKey(read.privateKey) : null;
  if (read.kind === 'refused' || publicKey === null) throw refused(PRIVATE_KEY_MALFORMED);
  if (publicText !== null && withoutPadding(publicText) !== publicKey) throw refused(HALVES_DIFFER);
  return { privateKey: read.privateKey, publicKey, subject: checked.subject };
}

function readToken(env: Env): string | null {
  const token = valueOf(env, 'PUSHDESK_API_TOKEN');
  if (token !== null && !isToken(token)) throw refused(BAD_TOKEN);
  return token;
}

function valueOf(env: Env, name: string): string | null {
  const value = env[name]?.trim() ?? '';
  return value === '' ? null : value;
}

/** Base64 as base64url. */
const withoutPadding = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

const refused = (problem: Problem) => new Refusal('BAD_INPUT', problem);

const PRIVATE_KEY_MISSING: Problem = {
  code: 'vapid-private-key-missing',
  cause: 'PUSHDESK_VAPID_SUBJECT or PUSHDESK_VAPID_PUBLIC_KEY is set, and PUSHDESK_VAPID_PRIVATE_KEY is not.',
  cure: 'Set all of the key pair in the environment, or nothing of it, and start Pushdesk again.',
};

const SUBJECT_MISSING: Problem = {
  code: 'vapid-subject-missing',
  cause: 'PUSHDESK_VAPID_PRIVATE_KEY is set, and PUSHDESK_VAPID_SUBJECT is not.',
  cure: 'Set it to mailto: and your address, or to an https address, and start Pushdesk again.',
};

const PRIVATE_KEY_MALFORMED: Problem = {
  code: 'vapid-private-key-malformed',
  cause: 'PUSHDESK_VAPID_PRIVATE_KEY is not a private key of P-256.',
  cure: 'Set it to the private key that web-push generate-vapid-keys prints, 43 characters of base64url, and start Pushdesk again.',
};

const HALVES_DIFFER: Problem = {
  code: 'vapid-halves-differ',
  cause: 'PUSHDESK_VAPID_PUBLIC_KEY and PUSHDESK_VAPID_PRIVATE_KEY do not belong together.',
  cure: 'Take both from one place, or leave the public one out, and start Pushdesk again.',
};

const BAD_TOKEN: Problem = {
  code: 'api-token-malformed',
  cause: 'PUSHDESK_API_TOKEN is too short to be safe, or has characters that no header can carry.',
  cure: 'Set it to 32 or more letters, digits, -, . or _, for example what "openssl rand -hex 32" prints, and start Pushdesk again.',
};
