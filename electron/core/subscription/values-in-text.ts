import { fieldOf } from './record/field-role.ts';
import { decodeBase64 } from '../text/base64url.ts';
import { isPoint, isSecretText } from './record/key-bytes.ts';
import { isKnownEndpoint } from './record/known-endpoint.ts';
import { mayGoOn } from './wrapped-values.ts';

/** An endpoint, a point of 65 bytes or a secret of 16, and its position in a text. */
export interface FoundValue {
  readonly kind: 'endpoint' | 'p256dh' | 'auth';
  readonly text: string;
  readonly at: number;
  readonly end: number;
  /** For an endpoint: whether the rest of it may be on the next line. */
  readonly mayGoOn: boolean;
  /** What the name before it says it is; `null`: no name, or one that says nothing. */
  readonly named: 'endpoint' | 'p256dh' | 'auth' | 'publicKey' | 'other' | null;
}

/** A bracket, which tells what belongs together. */
export interface FoundBracket {
  readonly kind: 'bracket';
  readonly opens: boolean;
}

/**
 * A backslash before a special character comes from Markdown. Including it keeps the address whole, so that it is refused; and so is one
 * that was shortened within its host: what follows is its own, and not another's.
 */
const TOKEN =
  /https:\/\/[\w.-]{1,80}?(?:\.{3}|…)(?![\w/])|https?:\/\/(?:[^\s\p{Cc}"'`<>|│\\{}()[\],;]|\\[_*~%&-]){20,4096}|[\w+/-]{21,200}={0,2}|[{}()[\]]/gu;
const MAX_REST = 300;
/** Two addresses that begin with as many equal characters are one, or two of one service. */
const SURE = 40;
const MAX_NAME_BEFORE = 40;
const NAME_BEFORE = /([\p{L}_][\p{L}\p{N}_.-]*)[^\p{L}\p{N}]{0,24}$/u;

/** Finds the values that make subscriptions, and the brackets around them, by what they decode to. */
export function valuesIn(text: string): (FoundValue | FoundBracket)[] {
  const found: (FoundValue | FoundBracket)[] = [];
  let last: FoundValue | null = null;
  let lastEnd = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole] = match;
    if (whole.length === 1) {
      found.push({ kind: 'bracket', opens: '{(['.includes(whole) });
      continue;
    }
    const token = withoutQuote(whole, text.slice(match.index + whole.length, match.index + whole.length + 6));
    const kind = kindOf(token);
    if (kind === null) continue;
    // A part of the value before it is no name, whatever its letters happen to be.
    const before = text.slice(Math.max(lastEnd, match.index - MAX_NAME_BEFORE), match.index);
    const previous = found.at(-1);
    // In a list, the name is before the first one.
    const isNext =
      previous !== undefined &&
      previous.kind === kind &&
      !/[\p{L}\p{N}]/u.test(text.slice(previous.end, match.index));
    const named = isNext ? previous.named : roleOf(NAME_BEFORE.exec(before)?.[1] ?? '');
    if (named === 'other' && kind === 'auth') continue;
    const end = match.index + token.length;
    lastEnd = end;
    const goesOn = kind === 'endpoint' && mayGoOn(text.slice(end, end + MAX_REST), token);
    const value: FoundValue = { kind, text: token, at: match.index, end, named, mayGoOn: goesOn };
    if (kind === 'endpoint' && last !== null && isItsTarget(text, last, value)) {
      // One of both may be cut off.
      if (token.length <= last.text.length) continue;
      found.splice(found.lastIndexOf(last), 1);
      last = { ...value, at: last.at };
    } else last = value;
    found.push(last);
  }
  return found;
}

/** Whether one address is the text of a Markdown link, and the other one where it leads. */
const isItsTarget = (text: string, one: FoundValue, other: FoundValue): boolean =>
  /^(?:\.{3}|…)?\]\(<?$/.test(text.slice(one.end, other.at)) &&
  one.text.slice(0, SURE) === other.text.slice(0, SURE);

/** An address without the quote of HTML behind it. One with another sign of HTML there goes on behind it: it stays so, and is refused. */
function withoutQuote(address: string, behind: string): string {
  const entity = behind.startsWith(';') ? /&(?:amp|quot|apos|lt|gt|#\w{2,5})$/i.exec(address) : null;
  if (entity === null) return address;
  const isQuote =
    /^&(?:quot|apos|#0*34|#0*39|#x0*22|#x0*27)$/i.test(entity[0]) || /^;(?:quot|apos|#)/i.test(behind);
  return isQuote ? address.slice(0, entity.index) : address;
}

function kindOf(token: string): FoundValue['kind'] | null {
  if (token.startsWith('http')) {
    // One of http is refused later, with what is its own.
    const address = token.replace(/^http:/, 'https:');
    const isAddress =
      isKnownEndpoint(address) || /^https:\/\/(?:[^/]+\/.{20}|[\w.-]+(?:\.{3}|…)$)/.test(token);
    return isAddress ? 'endpoint' : null;
  }
  if (token.length < 22 || token.length > 88) return null;
  const bytes = decodeBase64(token);
  if (isPoint(bytes)) return 'p256dh';
  return isSecretText(token) ? 'auth' : null;
}

function roleOf(name: string): FoundValue['named'] {
  if (/vapid|server/i.test(name)) return 'publicKey';
  if (/endpoint$/i.test(name)) return 'endpoint';
  if (/p256/i.test(name)) return 'p256dh';
  if (/auth/i.test(name)) return 'auth';
  return isOfSomethingElse(name) ? 'other' : null;
}

/** Whether a name says that its value is not a key: some device ids have 22 characters too. */
function isOfSomethingElse(name: string): boolean {
  if (
    /(?:^|[_.-])(?:u?u?id|fid|device|session|install(?:ation)?|hash|nonce|etag)$|[a-z](?:Id|ID)$/.test(name)
  )
    return true;
  const role = fieldOf(name)?.role;
  return role !== undefined && NO_KEY.has(role);
}

const NO_KEY: ReadonlySet<string> = new Set(['label', 'email', 'externalId', 'tags', 'attribute', 'former']);
