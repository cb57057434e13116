import type { Problem } from '../../../contract/problem.ts';
import type { Material } from './material.ts';
import type { Mismatch } from './pair-up.ts';

const COPY_BOTH =
  'Copy both keys again from where they were made, or paste just the private key: the public one is derived from it.';
const COPY_AGAIN = 'Copy it again from where it was made.';
const PASTE_PRIVATE =
  'Paste the private key too: messages cannot be signed without it. It is wherever the key pair was made, such as the settings of your server.';
const POINT_BYTES = 65;
const WHAT_IT_IS =
  'Paste the private key, or both keys, in any form: what your library printed, its settings, PEM or JWK. A private key alone has 43 characters.';

export function emptyText(): Problem {
  return problem('key-text-no-private-key', 'There are no keys yet.', 'Paste the private key, or both keys.');
}

/** What a text without a key pair does hold, and what to do. Quotes no private half. */
export function problemOf(found: {
  material: Material;
  lonePoints: readonly string[];
  mismatch: Mismatch | null;
  isPlaceholder: boolean;
  /** A private key is named, and nothing follows. */
  isEmpty: boolean;
  isShortened: boolean;
  /** The file that is named in the place of the private key. */
  path: string | null;
  isKeyObject: boolean;
}): Problem {
  const { material, lonePoints, mismatch, isPlaceholder, isEmpty, isShortened, path } = found;
  // The lines of an encrypted key do not make up a key.
  const isLine = mismatch?.kind === 'in-block' || mismatch?.kind === 'cut-public';
  const isSaid = isLine && material.isEncrypted;
  if (mismatch !== null && mismatch.kind !== 'named-otherwise' && !isSaid) return mismatchProblem(mismatch);
  if (material.isEncrypted) {
    return problem(
      'key-text-encrypted',
      'This private key is encrypted with a password.',
      'Decrypt it with “openssl pkey -in key.pem -out plain.pem”, then paste plain.pem.',
    );
  }
  if (isShortened) {
    return problem(
      'key-text-private-key',
      'Only a part of the private key is in this text: the program that showed it has shortened it.',
      'Copy the whole key from where it is stored, such as the settings of your server.',
    );
  }
  const nearMiss = material.broken.find(({ name, base64 }) => name === 'private' && isNearMiss(base64));
  if (nearMiss !== undefined) return wrongLength(nearMiss.base64, nearMiss.bytes, lonePoints.length > 0);
  if (material.damaged !== null) {
    return problem(
      'key-text-damaged',
      material.damaged.isShort
        ? 'This private key (PEM or DER) is cut short.'
        : 'This private key (PEM or DER) is damaged and cannot be read.',
      'Copy the whole file again, from the BEGIN line to the END line.',
    );
  }
  const named = material.scalars.find(({ name }) => name === 'private');
  if (named !== undefined && named.base64 !== null && /^(?=.*[a-z].*[a-z])[^A-Z]+$/.test(named.base64)) {
    return problem(
      'key-text-private-key',
      'The private key has no capital letters, so it was changed on its way here.',
      'Copy it again from where it was made.',
    );
  }
  if (named?.needsProof === true && /^\d{70}/.test(material.text.slice(named.start))) {
    return problem(
      'key-text-private-key',
      'The private key is a decimal number: its length does not show whether all digits are there.',
      lonePoints.length > 0
        ? 'Copy it again from where it was made: as it is here it does not match the public key.'
        : 'Paste the public key too, or export the private key in another form, such as PEM.',
    );
  }
  if (named?.needsProof === true) {
    return problem(
      'key-text-private-key',
      'The private key may be cut short: it is shorter than 32 bytes.',
      lonePoints.length > 0
        ? 'Copy it again from where it was made: with zeros at its start it does not match the public key.'
        : 'Paste the public key too: it shows whether only zeros at the start are missing.',
    );
  }
  if (named !== undefined || isWholeText(material)) {
    return problem(
      'private-key-malformed',
      'The private key is not a valid P-256 key.',
      'Copy it again from where it was made.',
    );
  }
  if (path !== null) {
    return problem(
      'key-text-path',
      `The private key is not in this text, but in a file: ${path}.`,
      'Paste what is in that file.',
    );
  }
  if (found.isKeyObject && lonePoints.length === 0) {
    return problem(
      'key-text-not-printed',
      'The program printed that there is a key, but not the key.',
      'Export it first, in JavaScript with crypto.subtle.exportKey("jwk", key), and paste the result.',
    );
  }
  if (material.foreign.length > 0) return foreignProblem(material, lonePoints);
  if (lonePoints.length > 0) return publicOnly(material, found);
  if (isPlaceholder) {
    return problem(
      'key-text-placeholder',
      'This text has a placeholder where the private key belongs.',
      'Paste the value itself.',
    );
  }
  if (isEmpty) {
    return problem(
      'key-text-no-private-key',
      'A private key is named in this text, but nothing follows its name.',
      'Paste the value itself.',
    );
  }
  const broken = material.broken.find(({ name }) => name === 'private');
  if (broken !== undefined) return wrongLength(broken.base64, broken.bytes, false);
  if (mismatch !== null) {
    return problem(
      'key-text-no-private-key',
      'This text has a value of the right length, but its name says that it is something else.',
      'If it is your private key, paste it without its name.',
    );
  }
  const line = material.lines.find(({ isBegin }) => isBegin);
  if (line !== undefined) {
    return problem(
      'key-text-damaged',
      line.name.endsWith('PARAMETERS')
        ? 'This is only the parameters of a curve, without a key.'
        : `What follows “BEGIN ${line.name}” is not a key that can be read.`,
      'Copy the whole file again, from the first BEGIN line to the last END line.',
    );
  }
  return problem('key-text-no-private-key', 'There is no key in this text.', WHAT_IT_IS);
}

/** Nothing but 32 bytes, which are not a private half. */
function isWholeText({ text, scalars }: Material): boolean {
  const bare = text.replaceAll(/[\s"'`=,;]/g, '');
  return scalars.some(({ name, base64 }) => name === 'none' && base64 === bare);
}

function mismatchProblem(mismatch: Exclude<Mismatch, { kind: 'named-otherwise' }>): Problem {
  switch (mismatch.kind) {
    case 'differ':
      return problem(
        'halves-differ',
        `The public and private keys do not match: the public key in this text begins with ${mismatch.publicKey.slice(0, 8)}, and the private key belongs to one that begins with ${mismatch.derived.slice(0, 8)}.`,
        COPY_BOTH,
      );
    case 'public-broken':
      return problem(
        'key-text-public-key',
        mismatch.bytes === POINT_BYTES
          ? 'The public key has the right length, but was changed on its way here: it is no point on the curve P-256.'
          : `The public key has ${mismatch.bytes} bytes instead of ${POINT_BYTES}, and does not match the private key.`,
        COPY_BOTH,
      );
    case 'other-curve':
      return problem(
        'key-text-foreign',
        'This text has a key pair of another kind (X25519 or Ed25519, as libsodium makes them): its public key has 32 bytes. There is no VAPID private key (P-256).',
        WHAT_IT_IS,
      );
    case 'several-unnamed':
      return problem(
        'key-text-ambiguous',
        `This text has ${mismatch.count} values that may be the private key.`,
        'Paste the private key alone, or the public key with them: it shows which one belongs to it.',
      );
    case 'in-block':
      return problem(
        'key-text-damaged',
        'This text has lines of base64 that make no key together.',
        'Copy the whole file again, from its first line to its last. If one of the lines is the private key, paste it alone.',
      );
    case 'cut-public':
      return problem(
        'key-text-ambiguous',
        'This has the size of a private key, but begins like a public one: it may be the first half of it.',
        'Copy the whole key again. If it is the private key, paste the public key too, or write “private key:” before it.',
      );
    case 'named-public':
      return problem(
        'key-text-public-key',
        'What is labelled as the public key has 32 bytes, the size of a private key, and there is no other key.',
        'If it is your private key, paste it without the label. A public key has 87 characters and begins with B.',
      );
  }
}

function wrongLength(base64: string, bytes: number, hasPublic: boolean): Problem {
  const letters = base64.replace(/=+$/, '').length;
  if (/[+/]/.test(base64) && /[-_]/.test(base64)) {
    return problem(
      'key-text-private-key',
      'The private key has “+” or “/” as well as “-” or “_”: it was changed on its way here.',
      hasPublic ? COPY_AGAIN : 'Paste the public key too: it may show how the private key was.',
    );
  }
  const cause = `The private key has ${letters} characters (${bytes} bytes) instead of 43 (32 bytes)`;
  if (bytes === 31) {
    return problem(
      'key-text-private-key',
      `${cause}.`,
      hasPublic
        ? 'Copy it again: neither a lost zero byte nor one lost character makes it match the public key.'
        : 'Old versions of web-push lost a zero byte. Paste the public key too: it shows whether that is what is missing.',
    );
  }
  return problem('key-text-private-key', `${cause}.`, COPY_AGAIN);
}

/** About as long as a private half, and not a hash in hex. */
function isNearMiss(base64: string): boolean {
  const letters = base64.replace(/=+$/, '');
  return letters.length >= 36 && letters.length <= 50 && !/^[0-9a-f]+$/.test(letters);
}

function foreignProblem({ foreign, points }: Material, lonePoints: readonly string[]): Problem {
  const hasPoint = lonePoints.length > 0 && points.some(({ name }) => name !== 'subscription');
  const names = foreign.map(({ name }) => name);
  // The header of a message says so itself.
  if (hasPoint && !names.some((name) => name.startsWith('the Authorization'))) names.push('a public key');
  const cure = foreign.find((one) => one.cure !== null)?.cure ?? WHAT_IT_IS;
  return problem('key-text-foreign', `This text has ${list(names)}, but no VAPID private key (P-256).`, cure);
}

function publicOnly(
  { points }: Material,
  { isPlaceholder, isEmpty }: { isPlaceholder: boolean; isEmpty: boolean },
): Problem {
  if (isPlaceholder) {
    return problem(
      'key-text-placeholder',
      'This text has a public key, and a placeholder where the private key belongs.',
      'Paste the private key itself.',
    );
  }
  const isMislabelled = points.length > 0 && points.every(({ name }) => name === 'private');
  if (isEmpty && !isMislabelled) {
    return problem(
      'key-text-no-private-key',
      'This is only a public key: nothing follows the name of the private one.',
      PASTE_PRIVATE,
    );
  }
  return problem(
    'key-text-no-private-key',
    isMislabelled ? 'What is labelled as the private key is a public key.' : 'This is only a public key.',
    PASTE_PRIVATE,
  );
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

function problem(code: string, cause: string, cure: string): Problem {
  return { code, cause, cure, field: 'text' };
}
