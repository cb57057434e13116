import { decodeBase64, encodeBase64Url } from '../../text/base64url.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SCALAR_LETTERS = 43;
/** Of the 87 letters of a public half, this many in a row leave no doubt which one it is. */
const PROVING_LETTERS = 24;

/**
 * The private halves that a damaged one may have been: one letter wrong, two swapped, one lost, one too many. Their public half decides
 * which one is right. About 3,000 of them.
 *
 * @param base64 either alphabet, padded or not
 */
export function* repairsOf(base64: string): Generator<Uint8Array> {
  const text = base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  switch (text.length) {
    case SCALAR_LETTERS:
      for (let at = 0; at + 1 < text.length; at += 1) {
        yield* decoded(text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2));
      }
      for (let at = 0; at < text.length; at += 1) {
        for (const letter of LETTERS) yield* decoded(text.slice(0, at) + letter + text.slice(at + 1));
      }
      return;
    case SCALAR_LETTERS - 1:
      for (let at = 0; at <= text.length; at += 1) {
        for (const letter of LETTERS) yield* decoded(text.slice(0, at) + letter + text.slice(at));
      }
      return;
    case SCALAR_LETTERS + 1:
    case SCALAR_LETTERS + 2:
      for (let at = 0; at < text.length; at += 1) {
        yield* decoded((text.slice(0, at) + text.slice(at + 1)).slice(0, SCALAR_LETTERS));
      }
  }
}

function* decoded(letters: string): Generator<Uint8Array> {
  const bytes = decodeBase64(letters);
  if (bytes !== null) yield bytes;
}

/** Whether the remains of a public half can only be this one. */
export function isRestOf(base64: string, point: Uint8Array): boolean {
  const rest = base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const whole = encodeBase64Url(point);
  for (let from = 0; from + PROVING_LETTERS <= rest.length; from += PROVING_LETTERS / 2) {
    if (whole.includes(rest.slice(from, from + PROVING_LETTERS))) return true;
  }
  return false;
}
