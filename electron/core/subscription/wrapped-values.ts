import type { Problem } from '../../contract/problem.ts';
import { decodeBase64 } from '../text/base64url.ts';
import { fieldOf } from './record/field-role.ts';
import { isPoint, isSecretText } from './record/key-bytes.ts';
import { isKnownEndpoint } from './record/known-endpoint.ts';

/** Mail and terminals seldom break lines at a greater width. */
const MAX_WIDTH = 110;
/** An endpoint at the end of a line may go on in the next one. */
const ENDPOINT_AT_END = /(?:^|[\s"'`:=(<>|])(https:\/\/[^\s"'`<>(){}|\\,;]{20,4096})$/;
const KEY_AT_END = /(?:^|[\s"'`:=(<>|])(B[\w+/-]{19,85})$/;
const BARE = /^[ \t]*([\w%~.:/?=&+-]{1,4096})$/;
const AT_RANDOM = [/\d/, /[a-z]/, /[A-Z]/];
/** A name and its value. The token of FCM has a colon in it, and the address of WNS one equals sign. */
const LABELLED = /^[\p{L}_][\w.-]{0,40}(?::(?!APA91)|=(?!=?$))/u;
/** Its only equals sign may be that of quoted-printable. */
const WITHOUT_TOKEN = /^https:\/\/[^/]+\.windows\.com\/[^=]*(?:(?<!token)=)?$/;
/**
 * One random text of 18 letters in twenty has no digit. A name such as `LivingRoomTablet` is asked about as well: half an endpoint is
 * worse.
 */
const INNER_CAPITALS = /[a-z][A-Z].*[a-z][A-Z]/;
/** A word and its number, such as `Chrome131`: a random text hardly ever looks like that. */
const WITH_VERSION = /^[A-Z][a-z]{3,}[_-]?\d{1,4}$/;
const ESCAPED = /%[\dA-Fa-f]{2}/;
/** Few words that somebody writes are longer. */
const MAX_WORD = 24;
/** It is whole, or its last sign is that of quoted-printable: what is below does not simply follow it. */
const isPadded = (endpoint: string, rest: string): boolean =>
  endpoint.endsWith('=') && (rest.startsWith('=') || !endpoint.endsWith('?token='));
/** The first word of the line below. */
const NEXT_WORD = /^[ \t]*(?:\r\n?|\n)[ \t]*([\w%~.:/?=&+-]{1,4096})(?:[ \t]*($|[\r\n])|(?=[ \t]))/;
/** Not what somebody writes, except for such as `iPhone`. */
export const isNoWord = (text: string): boolean => /[a-z\d].*[A-Z]/.test(text);
/** Shorter words before others, such as `B2b`, are what somebody wrote. */
const MIN_RANDOM = 4;

/**
 * Joins addresses and keys that mail or a terminal has broken over several lines. An address is joined if its lines are as wide as the
 * widest one of the text, a key if the result is a point. Each line that is moved leaves an empty one behind, so that line numbers stay
 * the same.
 */
export function joinWrapped(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const width = lines.reduce((widest, { length }) => Math.max(widest, length), 0);
  const isFull = (line: string | undefined) => line?.length === width;
  let isChanged = false;
  for (let index = 0; index + 1 < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const count = wrappedAt(lines, index, isFull, width);
    if (count === 0) continue;
    const more = lines.slice(index + 1, index + 1 + count);
    lines.splice(index, count + 1, line + more.map((one) => one.trim()).join(''), ...more.map(() => ''));
    index += count;
    isChanged = true;
  }
  return isChanged ? lines.join('\n') : text;
}

/** How many of the next lines continue what this one ends with. */
function wrappedAt(
  lines: readonly string[],
  index: number,
  isFull: (line: string | undefined) => boolean,
  width: number,
): number {
  const line = lines[index] ?? '';
  const endpoint = ENDPOINT_AT_END.exec(line)?.[1];
  const next = restIn(lines[index + 1], endpoint);
  if (next === null) return 0;
  const key = KEY_AT_END.exec(line)?.[1];
  if (key !== undefined && isPoint(decodeBase64(key + next))) return 1;
  if (endpoint === undefined || !isKnownEndpoint(endpoint) || !isFull(line)) return 0;
  let count = 1;
  while (isFull(lines[index + count]) && restIn(lines[index + count + 1]) !== null) count += 1;
  return width <= MAX_WIDTH || isFull(lines[index + 1]) ? count : 0;
}

/** What a line holds, if it may be the rest of a value; `null` if it is a value itself, or a name, or both. */
function restIn(line: string | undefined, endpoint = ''): string | null {
  const rest = BARE.exec(line ?? '')?.[1];
  return rest === undefined || isPadded(endpoint, rest) || !isRest(rest, endpoint) ? null : rest;
}

/** Whether it may be the rest of an endpoint, and is no value, name or both itself. */
export const isRest = (text: string, endpoint: string): boolean =>
  mayBeRest(text, endpoint) && !isSecretText(text);

/** The same for a place where it may be known what the secret is. */
export function mayBeRest(text: string, endpoint: string): boolean {
  if (text.startsWith('https:') || isPoint(decodeBase64(text)) || fieldOf(text) !== null) return false;
  return !LABELLED.test(text) || WITHOUT_TOKEN.test(endpoint);
}

/** The rest of an endpoint in the line below it; `null`: what is there is something else, or may be a word that somebody wrote. */
export function certainRest(endpoint: string, line: string): string | null {
  const rest = restIn(line, endpoint);
  return rest !== null && looksRandom(rest) ? rest : null;
}

export const looksRandom = (text: string): boolean =>
  (AT_RANDOM.every((sign) => sign.test(text)) && !WITH_VERSION.test(text)) ||
  INNER_CAPITALS.test(text) ||
  ESCAPED.test(text) ||
  text.length > MAX_WORD;

export const MAY_GO_ON: Problem = {
  code: 'endpoint-broken',
  cause: 'The endpoint may go on in the next line.',
  cure: 'Put each endpoint on one line, preferably as JSON, and import that.',
  field: 'endpoint',
};

/**
 * Whether an address may go on in the next line: that line begins with something that looks random and is not a key, or holds nothing but
 * something that is no word.
 *
 * @param after the text after the address
 * @param isKeyed whether its keys are elsewhere, so that what looks like one here is none
 */
export function mayGoOn(after: string, endpoint: string, isKeyed = false): boolean {
  const [, rest, lineEnd] = NEXT_WORD.exec(after) ?? [];
  if (rest === undefined) return false;
  const isAlone = lineEnd !== undefined;
  if (!isRest(rest, endpoint)) return isKeyed && isAlone && isSecretText(rest);
  return looksRandom(rest) ? isAlone || rest.length >= MIN_RANDOM : isAlone && isNoWord(rest);
}
