import { decodeBase64 } from '../text/base64url.ts';
import { fieldOf } from './record/field-role.ts';
import { isPoint, isSecretText } from './record/key-bytes.ts';
import { isKnownEndpoint } from './record/records.ts';

/** Mail and terminals seldom break lines at a greater width. */
const MAX_WIDTH = 110;
/** An endpoint at the end of a line may go on in the next one. */
const ENDPOINT_AT_END = /(?:^|[\s"'`:=(<>|])(https:\/\/[^\s"'`<>(){}|\\,;]{20,4096})$/;
const KEY_AT_END = /(?:^|[\s"'`:=(<>|])(B[\w+/-]{19,85})$/;
const BARE = /^[ \t]*([\w%~.:/?=&+-]{1,4096})$/;
const AT_RANDOM = [/\d/, /[a-z]/, /[A-Z]/];
/**
 * One random text of 18 letters in twenty has no digit. A name such as `LivingRoomTablet` is asked about as well: half an endpoint is
 * worse.
 */
const INNER_CAPITALS = /[a-z][A-Z].*[a-z][A-Z]/;

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
  const next = restIn(lines[index + 1]);
  if (next === null) return 0;
  const key = KEY_AT_END.exec(line)?.[1];
  if (key !== undefined && isPoint(decodeBase64(key + next))) return 1;
  const endpoint = ENDPOINT_AT_END.exec(line)?.[1];
  if (endpoint === undefined || !isKnownEndpoint(endpoint) || !isFull(line)) return 0;
  let count = 1;
  while (isFull(lines[index + count]) && restIn(lines[index + count + 1]) !== null) count += 1;
  return width <= MAX_WIDTH || isFull(lines[index + 1]) ? count : 0;
}

/** What a line holds, if it may be the rest of a value; `null` if it is a value itself, or a name. */
function restIn(line: string | undefined): string | null {
  const rest = BARE.exec(line ?? '')?.[1];
  if (rest === undefined || rest.startsWith('https:') || fieldOf(rest) !== null) return null;
  return isPoint(decodeBase64(rest)) || isSecretText(rest) ? null : rest;
}

/**
 * Whether an address may go on in the next line: what that line holds looks random and is not a key.
 *
 * @param after the text after the address
 */
export function mayGoOn(after: string): boolean {
  const rest = /^[ \t]*\r?\n([^\n]{12,4096})(?:\n|$)/.exec(after)?.[1];
  const more = restIn(rest?.trimEnd());
  return more !== null && (AT_RANDOM.every((sign) => sign.test(more)) || INNER_CAPITALS.test(more));
}
