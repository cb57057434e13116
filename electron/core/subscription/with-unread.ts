import { createLineCounter } from '../text/line-counter.ts';
import { KNOWN_HOSTS } from './record/known-endpoint.ts';
import { clean, EXCERPT_CHARACTERS, type FoundSubscription, type SubscriptionTextRow } from './region.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { NOT_UNDERSTOOD } from './unread-form.ts';

const SCHEME = 'https';
const KNOWN_ADDRESS = String.raw`https(?:://|%3a%2f%2f)${KNOWN_HOSTS}(?:/|%2f)[^\s"'\x60<>,;&|(){}[\]\\]{1,4096}`;
const ADDRESS = new RegExp(KNOWN_ADDRESS, 'iy');
const ADDRESSES = new RegExp(KNOWN_ADDRESS, 'gi');
const ADDRESS_END = /[\s"'\x60<>,;&|(){}[\]\\]/;
const POINT = /(?<![\w+/-])B[\w+/-]{86}(?![\w+/-])/g;
/** How far from an address the public key may be that is its own. */
const NEAR = 1500;
/** What comes before a key of the server, which no subscription has, and before what was replaced. */
const OF_NO_ONE =
  /(?:(?:vapid|public|server)[^\n]{0,30}|(?:old|prev|previous|former|legacy|original|last)[\w-]{0,12}["']?\s?(?:=>|[:=])\s?["']?)$/i;
const BEFORE_KEY = 45;
/** Beyond this many, a text has more that is not read than anybody could look at. */
const MAX_WAITING = 50_000;
/** How many rows back the same subscription may have come out. */
const MAX_RECENT = 1000;
/** How many rows may be held for the first one. */
const MAX_HELD = 10_000;
/** How many of those that wait are compared with a row. */
const MAX_LOOKED_AT = 1000;
/** How many lines an endpoint may be below the start of the bad row that it is in. */
const MAX_BELOW = 30;
const POINT_LENGTH = 87;
/** Excerpts are shorter than endpoints; those of one push service begin alike, with up to 58 characters. */
const START = 80;

/** An address that has come by with a public key near it. */
interface Seen {
  readonly endpoint: string;
  readonly point: string;
  readonly line: number;
}

/**
 * Sees to it that nothing is lost in silence, whatever reader reads: an endpoint of a known push service with a public key near it that
 * came out neither as a row nor as a bad one is reported, in its place among them. Where no row comes out at all, the text is refused as
 * a whole.
 *
 * Takes time in proportion to the text, and memory for what the reader is behind.
 */
export function withUnread(reader: SubscriptionTextReader): SubscriptionTextReader {
  const pairs = createPairs();
  const waiting = createWaiting();
  /** What there is until the first row; `null`: rows have come out. */
  let held: SubscriptionTextRow[] | null = [];

  const unreadBefore = (line: number) => waiting.takeBefore(line).map(unreadRow);
  const read = (text: string) => (text === '' ? [] : reader.push(text));
  const hearOne = (row: SubscriptionTextRow): SubscriptionTextRow[] => {
    if (row.kind === 'bad') waiting.forgetBad(row);
    if (row.kind === 'row') waiting.forgetFound(row);
    if (held === null) return row.kind === 'other' ? [row] : [...unreadBefore(row.line), row];
    held.push(row);
    if (row.kind !== 'row' && held.length < MAX_HELD) return [];
    const rows = [...held, ...unreadBefore(row.line)].sort((one, other) => one.line - other.line);
    held = null;
    return rows;
  };

  return {
    push(piece) {
      const { found, settled } = pairs.push(piece, false);
      waiting.keep(found);
      return read(settled).flatMap(hearOne);
    },
    end() {
      const { found, settled } = pairs.push('', true);
      waiting.keep(found);
      const rows = [...read(settled), ...reader.end()].flatMap(hearOne);
      return held ?? [...rows, ...unreadBefore(Infinity)];
    },
  };
}

/** What has come by and has not come out yet, in the order of the text. */
function createWaiting() {
  let queue: Seen[] = [];
  let head = 0;
  /** What came out lately, by public key, endpoint or the start of that: the same may come by again, or only now be known. */
  const recent = createRecent();
  /** Public keys and endpoints that came out while something before them waits, or with another key than the one near them. */
  const out = new Set<string>();

  const isOut = ({ point, endpoint }: Seen): boolean =>
    recent.has(point) || out.has(point) || out.has(endpoint);
  const addOut = (text: string) => {
    if (out.size < 2 * MAX_WAITING) out.add(text);
  };
  /** Passes over what has come out at the start. */
  const passOut = () => {
    for (let seen = queue[head]; seen !== undefined && isOut(seen); seen = queue[head]) head += 1;
    if (head < MAX_LOOKED_AT) return;
    queue = queue.slice(head);
    head = 0;
  };

  return {
    keep(all: readonly Seen[]) {
      for (const seen of all) {
        const isRecent = recent.has(seen.point) || recent.has(seen.endpoint.slice(0, START));
        if (queue.length - head < MAX_WAITING && !isRecent) queue.push(seen);
      }
    },
    forgetFound({ value, person }: FoundSubscription) {
      const point = plainPoint(value.keys.p256dh);
      recent.add(point);
      // Most come out one after another.
      if (queue[head]?.point === point) head += 1;
      else {
        recent.add(value.endpoint.slice(0, START));
        if (head < queue.length) {
          addOut(point);
          addOut(value.endpoint);
        }
      }
      if (head >= MAX_LOOKED_AT) passOut();
      // What is said of a person has come out as well.
      const said = head < queue.length && person !== null ? JSON.stringify(person) : '';
      if (said.includes('https:'))
        for (const [address] of said.matchAll(ADDRESSES)) addOut(plainAddress(address));
    },
    forgetBad({ line, excerpt }: SubscriptionTextRow & { kind: 'bad' }) {
      passOut();
      const start = /https:\S{20,}/.exec(excerpt)?.[0].slice(0, START) ?? null;
      if (start !== null) recent.add(start);
      if (head === queue.length) return;
      let next: Seen | undefined;
      for (let at = head; at < Math.min(queue.length, head + MAX_LOOKED_AT); at += 1) {
        const seen = queue[at];
        if (seen === undefined || seen.line > line + MAX_BELOW) break;
        if (seen.line < line || isOut(seen)) continue;
        next ??= seen;
        if (start === null) break;
        if (!seen.endpoint.startsWith(start)) continue;
        next = seen;
        break;
      }
      if (next !== undefined) addOut(next.point);
    },
    /** Gives, and no longer keeps, what is above a line. */
    takeBefore(line: number): Seen[] {
      const taken: Seen[] = [];
      for (let seen = queue[head]; seen !== undefined && seen.line < line; seen = queue[head]) {
        if (!isOut(seen)) taken.push(seen);
        recent.add(seen.point);
        head += 1;
      }
      if (head === queue.length) out.clear();
      return taken;
    },
  };
}

/** A set that forgets what was added long ago. */
function createRecent() {
  let recent = new Set<string>();
  let older = new Set<string>();
  return {
    has: (text: string): boolean => recent.has(text) || older.has(text),
    add(text: string) {
      recent.add(text);
      if (recent.size < MAX_RECENT) return;
      older = recent;
      recent = new Set();
    },
  };
}

/**
 * Finds, in a text that comes in pieces, endpoints with a public key near them.
 *
 * `settled`: the text that goes on what was settled before, without an address that may go on in the next piece.
 */
function createPairs(): {
  push: (piece: string, isLast: boolean) => { found: Seen[]; settled: string };
} {
  /** What has not been looked at yet begins at `from`; a little of what is before it is there too. */
  let rest = '';
  let from = 0;
  let line = 1;
  /** Up to where `rest` was settled before. */
  let given = 0;
  return {
    push(piece, isLast) {
      rest += piece;
      const found: Seen[] = [];
      const lines = createLineCounter(rest, line);
      /** Where what may be the public key of the next address begins. */
      let behind = from;
      let end = rest.length;
      let looked = Math.max(from, rest.length - NEAR);
      let at = rest.indexOf(SCHEME, from);
      while (at !== -1) {
        ADDRESS.lastIndex = at;
        const address = ADDRESS.exec(rest)?.[0] ?? '';
        const after = at + (address.length || SCHEME.length);
        const next = rest.indexOf(SCHEME, after);
        const isCut = !isLast && next === -1;
        if (isCut && (after === rest.length || (address === '' && !ADDRESS_END.test(rest.slice(at))))) {
          end = at;
          looked = Math.max(behind, at - NEAR);
          break;
        }
        const until = Math.min(next === -1 ? rest.length : next, after + NEAR);
        const point =
          address === '' || isOfNoOne(rest, at)
            ? null
            : (pointIn(rest, Math.max(behind, at - NEAR), at) ?? pointIn(rest, after, until));
        // The key may be in the next piece.
        const mayCome = address !== '' && (point === null || point.end === rest.length);
        if (isCut && mayCome && rest.length - after < NEAR) {
          looked = Math.max(behind, at - NEAR);
          break;
        }
        if (point !== null) {
          found.push({
            endpoint: plainAddress(address),
            point: plainPoint(point.text),
            line: lines.lineAt(at),
          });
          behind = Math.max(after, point.end);
        }
        looked = Math.max(looked, after, behind);
        at = next;
      }
      end = Math.max(given, end);
      const settled = rest.slice(given, end);
      const cut = Math.max(0, Math.min(looked, rest.length) - BEFORE_KEY);
      line = lines.lineAt(cut);
      rest = rest.slice(cut);
      from = looked - cut;
      given = end - cut;
      return { found, settled };
    },
  };
}

/** The first public key between two places that may be that of a subscription. */
function pointIn(text: string, from: number, to: number): { text: string; end: number } | null {
  if (to - from < POINT_LENGTH) return null;
  // With what is right before and behind them, since a part of a longer word is none.
  const start = Math.max(0, from - 1);
  const some = text.slice(start, to + 1);
  for (const { 0: point, index } of some.matchAll(POINT)) {
    const at = start + index;
    if (at >= from && at + POINT_LENGTH <= to && !isOfNoOne(text, at))
      return { text: point, end: at + POINT_LENGTH };
  }
  return null;
}

const isOfNoOne = (text: string, at: number): boolean =>
  OF_NO_ONE.test(text.slice(Math.max(0, at - BEFORE_KEY), at));

const unreadRow = ({ endpoint, line }: Seen): SubscriptionTextRow => ({
  kind: 'bad',
  line,
  problem: NOT_UNDERSTOOD,
  excerpt: clean(endpoint, 0, EXCERPT_CHARACTERS),
});

/** A public key in the alphabet of base64url, without padding; of a longer text its start. */
const plainPoint = (text: string): string => {
  const point = text.length > POINT_LENGTH ? text.slice(0, POINT_LENGTH) : text;
  return /[+/]/.test(point) ? point.replaceAll('+', '-').replaceAll('/', '_') : point;
};

function plainAddress(address: string): string {
  if (!/%3a%2f%2f/i.test(address)) return address;
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
