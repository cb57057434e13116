import { visibleText } from '../text/visible-text.ts';
import { headerOf, type Answer } from './answer.ts';

/** Characters of a quotation: a sentence or two. */
const MAX_QUOTED = 160;
/** How much of a text is read if it is not JSON; a page says what matters near its start. */
const MAX_LOOKED_AT = 4096;
const MAX_MEMBERS = 20;
/** A run of this many letters and digits is a token, a key or the end of an endpoint: nobody reads it, and a summary must not reveal it. */
const LONG_RUN = /[\w+=~-]{32,}/g;

/** Members that hold what a service has to say, the most telling first. */
const TELLING = [
  'message',
  'reason',
  'error_description',
  'description',
  'detail',
  'error',
  'errors',
  'title',
  'msg',
  'text',
  'results',
  'status',
];

/**
 * The reason that a push service gives, as it can be quoted in a sentence: one line, without anything that cannot be seen, tokens left out,
 * cut after {@link MAX_QUOTED} characters. `null`: it gave none. Never throws, whatever the bytes.
 */
export function wordsOf(answer: Answer): string | null {
  const isRedirect = answer.status >= 300 && answer.status <= 399;
  const target = isRedirect ? headerOf(answer, 'Location') : null;
  const words =
    target === null || target.trim() === ''
      ? (readable(headerOf(answer, 'X-WNS-Error-Description')) ??
        readable(wordsOfBody(answer.body)) ??
        readable(wordsOfHeaders(answer)))
      : readable(target);
  return words === null ? null : shortened(words);
}

/** The same for a summary that outlives the subscription: its endpoint is left out, whole or without its host. */
export function exampleWords(answer: Answer, endpoint: string): string | null {
  const path = endpoint.replace(/^\w+:\/\/[^/]*/, '');
  const without = (text: string) =>
    [endpoint, ...(path.length > 8 ? [path] : [])].reduce((left, own) => left.replaceAll(own, '…'), text);
  return wordsOf({
    ...answer,
    headers: answer.headers.map(([name, value]) => [name, without(value)]),
    body: without(answer.body),
  });
}

/** For answers in which only header fields say what became of a message, or what is wrong with a token (RFC 6750 §3). */
function wordsOfHeaders(answer: Answer): string | null {
  const states = ['X-WNS-Status', 'X-WNS-NotificationStatus', 'X-WNS-DeviceConnectionStatus'].flatMap(
    (name) => {
      const value = headerOf(answer, name);
      return value === null ? [] : [`${name}: ${value}`];
    },
  );
  if (states.length > 0) return states.join(', ');
  const challenge = headerOf(answer, 'WWW-Authenticate') ?? '';
  const parts = ['error', 'error_description'].flatMap(
    (name) => emptyIsNull(new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(challenge)?.[1] ?? null) ?? [],
  );
  return parts.length > 0 ? parts.join(': ') : null;
}

function wordsOfBody(body: string): string | null {
  const text = body.trim();
  if (text === '') return null;
  if (/^[[{"]/.test(text)) {
    try {
      return wordsIn(JSON.parse(text), 0);
    } catch {
      // Cut short, or only like JSON: its members are still found.
      const [, message] =
        /"(?:message|reason|error|detail)"\s*:\s*"((?:[^"\\]|\\.)*)/.exec(text.slice(0, MAX_LOOKED_AT)) ?? [];
      return message ?? text;
    }
  }
  return text.startsWith('<') ? wordsOfPage(text.slice(0, MAX_LOOKED_AT)) : text;
}

/** Looks as deep as Google's errors are nested: `error.details[].errorCode`. */
function wordsIn(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > 4) return null;
  if (Array.isArray(value)) return firstOf(value.slice(0, 8), (item) => wordsIn(item, depth + 1));
  const members = value as Record<string, unknown>;
  const code = codeIn(members['details']);
  const words = firstOf(TELLING, (name) =>
    Object.hasOwn(members, name) ? emptyIsNull(wordsIn(members[name], depth + 1)) : null,
  );
  if (code !== null && words !== null) return `${code}: ${words}`;
  return code ?? words ?? sentenceIn(members);
}

/** What is said about a field, under its name: `{"ttl":["must be a number"]}`. */
function sentenceIn(members: Record<string, unknown>): string | null {
  return firstOf(Object.entries(members).slice(0, MAX_MEMBERS), ([name, value]) => {
    const text: unknown = Array.isArray(value) ? value[0] : value;
    return typeof text === 'string' && /\S\s\S/.test(text) ? `${name}: ${text}` : null;
  });
}

function codeIn(details: unknown): string | null {
  if (!Array.isArray(details)) return null;
  return firstOf(details.slice(0, 8), (item: unknown) => {
    const code = typeof item === 'object' && item !== null && 'errorCode' in item ? item.errorCode : null;
    return typeof code === 'string' ? emptyIsNull(code) : null;
  });
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

const emptyIsNull = (text: string | null): string | null =>
  text === null || text.trim() === '' ? null : text;

function wordsOfPage(page: string): string | null {
  const title = betweenTags(page, 'title') ?? betweenTags(page, 'h1');
  return title ?? emptyIsNull(page.replaceAll(/<[^<>]*>/g, ' '));
}

/** The content of the first element of that name. */
function betweenTags(page: string, name: string): string | null {
  const start = page.toLowerCase().indexOf(`<${name}`);
  const open = start < 0 ? -1 : page.indexOf('>', start);
  const end = open < 0 ? -1 : page.indexOf('<', open);
  return open < 0 || end < 0 ? null : emptyIsNull(page.slice(open + 1, end));
}

function readable(text: string | null): string | null {
  if (text === null) return null;
  const line = text
    .slice(0, MAX_LOOKED_AT)
    .replaceAll(LONG_RUN, (run) => (/\d/.test(run) ? `${run.slice(0, 8)}…` : run))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[“”]/g, '"')
    .trim();
  return /[\p{L}\p{N}]/u.test(line) ? visibleText(line) : null;
}

function shortened(text: string): string {
  if (text.length <= MAX_QUOTED) return text;
  // Not in the middle of a character.
  return `${text.slice(0, MAX_QUOTED - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
