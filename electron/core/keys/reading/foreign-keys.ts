import type { ArmourLine } from './armour.ts';
import { foreignJwksIn } from './foreign-jwk.ts';

/** Something in a text that is not a VAPID key pair. */
export interface Foreign {
  /** With its article, as used in a sentence. */
  readonly name: string;
  /** What to do instead; `null`: the usual advice. */
  readonly cure: string | null;
}

/** A stretch of a text whose bytes are not candidates. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const FIREBASE_PAIR =
  'In the Firebase console, open Project settings → Cloud Messaging → Web Push certificates and copy the key pair there.';

const CATALOGUE: readonly (Foreign & { pattern: RegExp })[] = [
  {
    pattern: /"type"\s{0,9}:\s{0,9}"service_account"/,
    name: 'a Google service account',
    cure: `It signs in to Google’s own API, not to Web Push. ${FIREBASE_PAIR}`,
  },
  {
    pattern: /\bAAAA[\w-]{7}:APA91[\w-]{60,}/,
    name: 'a server key of the old FCM API',
    cure: `Google shut that API down in 2024. ${FIREBASE_PAIR}`,
  },
  {
    pattern: /(?<![\w-])[\w-]{20,24}:APA91[\w-]{60,}/,
    name: 'an FCM registration token',
    cure: `It names one device and signs nothing. ${FIREBASE_PAIR}`,
  },
  { pattern: /\bmessagingSenderId\b/, name: 'a Firebase web configuration', cure: FIREBASE_PAIR },
  { pattern: /\bAIza[\w-]{35}(?![\w-])/, name: 'a Google API key', cure: FIREBASE_PAIR },
  {
    pattern: /\bos_v2_(?:app|org)_[a-z0-9]{20}|one_?signal[\w\s"']{0,40}(?:api|auth)[_ -]?key/i,
    name: 'a OneSignal API key',
    cure: 'It signs in to OneSignal’s API and signs no messages. Paste the key pair that your subscriptions were made with.',
  },
  {
    pattern: /BEGIN OPENSSH PRIVATE KEY/,
    name: 'an SSH private key',
    cure: 'Paste the key pair that your web push library uses.',
  },
  {
    pattern: /\b(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\d{3})\s{1,9}AAAA/,
    name: 'an SSH public key',
    cure: null,
  },
  {
    pattern: /\bPuTTY-User-Key-File-\d:/,
    name: 'a key of PuTTY',
    cure: 'Paste the key pair that your web push library uses.',
  },
  { pattern: /\bAGE-SECRET-KEY-1/, name: 'a key of age', cure: null },
  { pattern: /BEGIN PGP P\w{5,6} KEY/, name: 'a PGP key', cure: null },
  {
    pattern: /\bt=eyJ[\w-]{8,}\.[\w-]{1,2000}\.[\w-]{1,400}\s{0,4},\s{0,4}k=/,
    name: 'the Authorization header of a message',
    cure: 'It has the public key and a signed token. The private key is with the program that signed it.',
  },
  {
    pattern: /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{2,4000}\.[\w-]{0,2000}/,
    name: 'a signed token (JWT)',
    cure: null,
  },
  {
    pattern: /ENC\[AES256_GCM|\$ANSIBLE_VAULT;|kind:\s{0,9}SealedSecret|\bage-encryption\.org/,
    name: 'an encrypted secret',
    cure: 'Decrypt it with the tool that encrypted it, then paste the result.',
  },
  {
    pattern: /["']?\bendpoint["']?\s{0,9}(?::|=>?)\s{0,9}["']?https:|\bp256dh\b/,
    name: 'a push subscription',
    cure: 'Subscriptions are imported separately from keys.',
  },
];

/** Things that cannot be half of a pair although their length may fit. */
const NO_CANDIDATES: readonly RegExp[] = [
  /(?<![\w-])eyJ[\w-]{8,2000}\.[\w-]{2,4000}\.[\w-]{0,2000}/g,
  /(?<![\w-])[\w-]{11,24}:APA91[\w-]{60,400}/g,
  // Unless there is a private key in its query.
  /\bhttps?:\/\/(?:[^\s"'<>`,;|)\\?]|\?(?!\S{0,300}priv\w{0,20}=)){1,2000}/gi,
  // Passwords in addresses, such as a database's.
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s@"'<>`]{1,400}@[^\s"'<>`,;|)]{0,2000}/gi,
  // What a browser or a client of an API sends to be let in.
  /(?:\bcookie["']?\s{0,9}:|\s-b\b|--cookie\b)\s{0,9}["']?(?:(?![\w.-]{0,60}priv)[\w.-]{1,60}=[^\s;,"']{0,4000};?[ \t]?)+/gi,
  /\bbearer\s{1,9}["']?[\w.~+/-]{20,4000}={0,2}/gi,
  /\bauthorization["']?\s{0,9}[:=]\s{0,9}["']?(?!vapid\b|webpush\b)[\w-]{1,30}\s{1,9}\S{20,4000}/gi,
  /\bPuTTY-User-Key-File-\d:[^]{0,9000}?P\w{5,6}-MAC:[^\r\n]*/gi,
  /\bAAAA[BCE][A-Za-z0-9+/]{40,2000}={0,2}/g,
];

/** Files of programs whose keys have 32 bytes too, but are on other curves. */
const RAW_KEYS: readonly { isIt: RegExp; values: RegExp; name: string }[] = [
  {
    isIt: /^[ \t>]*\[(?:Interface|Peer)\]/m,
    values: /^[ \t>]*(?:Private|Public|Preshared)Key[ \t]*=[ \t]*\S{43,44}/gm,
    name: 'a key of WireGuard',
  },
  {
    // 13 is P-256.
    isIt: /^Private-key-format:[^]{0,200}?^Algorithm: (?!13\b)\d/m,
    values: /^PrivateKey:[ \t]*\S{40,}/gm,
    name: 'a key of DNSSEC',
  },
  {
    isIt: /\b(?:priv|node|mach|disco|nl)(?:key|priv):[\da-f]{64}\b/,
    values: /\b(?:priv|node|mach|disco|nl)(?:key|priv|pub):[\da-f]{64}\b/g,
    name: 'a key of Tailscale',
  },
];

/** What openssl prints of a key on another curve. */
const OTHER_CURVE = /ASN1 OID:\s{0,9}(?!prime256v1|secp256r1)([\w-]{3,30})/;
const PRINTED_RSA = /^\s{0,20}(?:RSA Private-Key|privateExponent|modulus)\s{0,4}:/im;
const PRINTED_ED = /^\s{0,20}(ED25519|ED448|X25519|X448) Private-Key:/im;

/** Finds things that have a name of their own, and their positions. */
export function findForeign(
  text: string,
  lines: readonly ArmourLine[],
): { found: Foreign[]; stretches: Stretch[] } {
  const found: Foreign[] = [];
  const stretches: Stretch[] = [];
  const add = (name: string, cure: string | null = null) => {
    if (!found.some((other) => other.name === name)) found.push({ name, cure });
  };
  for (const { pattern, name, cure } of CATALOGUE) if (pattern.test(text)) add(name, cure);
  if (found.some(({ name }) => name.startsWith('a server key of')))
    removeByName(found, 'an FCM registration token');
  if (found.some(({ name }) => name.startsWith('the Authorization')))
    removeByName(found, 'a signed token (JWT)');
  for (const pattern of NO_CANDIDATES) {
    for (const match of text.matchAll(pattern))
      stretches.push({ start: match.index, end: match.index + match[0].length });
  }
  for (const { name, start, end } of foreignJwksIn(text)) {
    add(name);
    stretches.push({ start, end });
  }
  for (const { isIt, values, name } of RAW_KEYS) {
    if (!isIt.test(text)) continue;
    add(name);
    for (const match of text.matchAll(values))
      stretches.push({ start: match.index, end: match.index + match[0].length });
  }
  const curve = OTHER_CURVE.exec(text)?.[1];
  if (curve !== undefined) {
    add(`a private key on the curve ${curve}`);
    stretches.push({ start: 0, end: text.length });
  }
  const edwards = PRINTED_ED.exec(text)?.[1];
  if (edwards !== undefined) {
    add(`an ${edwards.replace('ED', 'Ed')} private key`);
    stretches.push({ start: 0, end: text.length });
  }
  if (PRINTED_RSA.test(text)) add('an RSA private key');
  for (const { name } of lines) {
    if (name.endsWith('CERTIFICATE REQUEST')) add('a certificate request');
    else if (name.endsWith('CERTIFICATE')) add('a certificate');
  }
  return { found, stretches };
}

function removeByName(found: Foreign[], name: string): void {
  const at = found.findIndex((other) => other.name === name);
  if (at >= 0) found.splice(at, 1);
}
