import type { Answer } from './answer.ts';

/** What is kept of one answer: header fields and body together, in bytes of UTF-8. */
export const KEPT_ANSWER_BYTES = 4096;
/** The same once the answers of a campaign have used up their room: enough for an ordinary answer. */
export const KEPT_SHORT_ANSWER_BYTES = 512;
/** Room that the answers of one campaign may take in the store, besides the 512 bytes that each of them may have anyway. */
export const CAMPAIGN_ANSWER_BYTES = 32 * 1024 * 1024;

/** An answer as it is kept. */
export interface KeptAnswer extends Answer {
  /** Size of the answer as it was read, where it was longer than what is kept; `null`: this is all of it. */
  readonly receivedBytes: number | null;
}

/** Fields that say what became of the message, or that help to ask the push service about it. */
const TELLING = new Set([
  'apns-id',
  'apns-unique-id',
  'content-type',
  'date',
  'link',
  'location',
  'retry-after',
  'server',
  'ttl',
  'www-authenticate',
  'x-notificationstatus',
  'x-request-id',
  'x-wns-continue-after',
  'x-wns-debug-trace',
  'x-wns-deviceconnectionstatus',
  'x-wns-error-description',
  'x-wns-msg-id',
  'x-wns-notificationstatus',
  'x-wns-status',
]);

const CUT_MARK = '…';
/** `: ` and the end of the line. */
const AROUND_A_FIELD = 4;

/** Bytes of an answer: its header fields as lines, and its body. */
export function sizeOfAnswer({ headers, body }: Answer): number {
  return headers.reduce((bytes, field) => bytes + sizeOfField(field), utf8Bytes(body));
}

/**
 * What is kept of an answer after it was judged. One that is too long keeps the most telling fields, then others, in a quarter of the room
 * (each at most half of that), and the start of its body in the rest: a fixed share, so that equal bodies stay equal.
 *
 * @param limit bytes of UTF-8
 */
export function keepAnswer(answer: Answer, limit: number): KeptAnswer {
  // Nearly all are far below the limit, and need no exact count.
  if (mostBytes(answer) <= limit) return { ...answer, receivedBytes: null };
  const receivedBytes = sizeOfAnswer(answer);
  if (receivedBytes <= limit) return { ...answer, receivedBytes: null };
  const roomOfHeaders = Math.floor(limit / 4);
  return {
    status: answer.status,
    headers: keepHeaders(answer.headers, roomOfHeaders),
    body: startOf(answer.body, limit - roomOfHeaders),
    receivedBytes,
  };
}

/** No unit of UTF-16 takes more than three bytes. */
function mostBytes({ headers, body }: Answer): number {
  let units = body.length;
  for (const [name, value] of headers) units += name.length + value.length + AROUND_A_FIELD;
  return 3 * units;
}

function keepHeaders(headers: Answer['headers'], room: number): Answer['headers'] {
  const kept = new Map<number, [string, string]>();
  let left = room;
  const take = (isWanted: (name: string) => boolean) => {
    for (const [index, [name, value]] of headers.entries()) {
      if (!isWanted(name.toLowerCase())) continue;
      const field: [string, string] = [name, shortened(value, Math.floor(room / 2))];
      const size = sizeOfField(field);
      if (size > left) continue;
      kept.set(index, field);
      left -= size;
    }
  };
  take((name) => TELLING.has(name));
  take((name) => !TELLING.has(name));
  return [...kept].sort(([one], [other]) => one - other).map(([, field]) => field);
}

function sizeOfField([name, value]: readonly [string, string]): number {
  return utf8Bytes(name) + utf8Bytes(value) + AROUND_A_FIELD;
}

function shortened(text: string, limit: number): string {
  if (utf8Bytes(text) <= limit) return text;
  return startOf(text, limit - utf8Bytes(CUT_MARK)) + CUT_MARK;
}

/** The first characters of a text that fit into this many bytes; none is cut in two. */
function startOf(text: string, limit: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.max(0, limit)));
  return text.slice(0, read);
}

/** Core has no Node: this is counted by hand, for texts that are nearly always ASCII. */
function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
