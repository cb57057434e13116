import { createLineCounter } from '../text/line-counter.ts';
import { KNOWN_HOSTS } from './record/records.ts';
import { clean, EXCERPT_CHARACTERS, type FoundSubscription, type SubscriptionTextRow } from './region.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { NOT_UNDERSTOOD } from './unread-form.ts';

const ADDRESS_OR_POINT = new RegExp(
  String.raw`https(?:://|%3a%2f%2f)${KNOWN_HOSTS}(?:/|%2f)[^\s"'\x60<>,;&|(){}[\]\\]{1,4096}|(?<![\w+/-])B[\w+/-]{86}(?![\w+/-])`,
  'gi',
);
const ANY_ADDRESS = new RegExp(`https://${KNOWN_HOSTS}/`, 'i');
/** How far from an address the public key may be that is its own. */
const NEAR = 1500;
/** What comes before a key of the server, which no subscription has, and before what was replaced. */
const OF_NO_ONE =
  /(?:(?:vapid|public|server)[^\n]{0,30}|(?:old|prev|previous|former|legacy|original|last)[\w-]{0,12}["']?\s?(?:=>|[:=])\s?["']?)$/i;
const BEFORE_KEY = 45;
/** No address is longer. */
const MAX_MATCH = 4200;
/** Beyond this many, a text has more that is not read than anybody could look at. */
const MAX_WAITING = 50_000;
/** How many rows back the same subscription may have come out. */
const MAX_RECENT = 10_000;
/** How many rows may be held for the first one. */
const MAX_HELD = 10_000;
/** How many of those that wait are compared with a row. */
const MAX_LOOKED_AT = 1000;
/** How many lines an endpoint may be below the start of the bad row that it is in. */
const MAX_BELOW = 30;
const POINT_LENGTH = 87;
/** Excerpts are shorter than endpoints. */
const START = 60;

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
      waiting.keep(pairs.push(piece, false));
      return reader.push(piece).flatMap(hearOne);
    },
    end() {
      waiting.keep(pairs.push('', true));
      const rows = reader.end().flatMap(hearOne);
      return held ?? [...rows, ...unreadBefore(Infinity)];
    },
  };
}

/** What has come by and has not come out yet, in the order of the text. Their public keys tell them apart. */
function createWaiting() {
  const waiting = new Set<Seen>();
  const byPoint = new Map<string, Seen>();
  const byEndpoint = new Map<string, Seen>();
  let queue: Seen[] = [];
  let head = 0;
  let recent = new Set<string>();
  let older = new Set<string>();

  /** The first ones that wait, without those that no longer do at the start. */
  const first = (): readonly Seen[] => {
    for (let seen = queue[head]; seen !== undefined && !waiting.has(seen); seen = queue[head]) head += 1;
    if (head > MAX_LOOKED_AT) {
      queue = queue.slice(head);
      head = 0;
    }
    return queue.slice(head, head + MAX_LOOKED_AT).filter((seen) => waiting.has(seen));
  };
  const forget = (seen: Seen | undefined) => {
    if (seen === undefined) return;
    waiting.delete(seen);
    if (byPoint.get(seen.point) === seen) byPoint.delete(seen.point);
    if (byEndpoint.get(seen.endpoint) === seen) byEndpoint.delete(seen.endpoint);
  };

  return {
    keep(all: readonly Seen[]) {
      for (const seen of all) {
        if (waiting.size >= MAX_WAITING || recent.has(seen.point) || older.has(seen.point)) continue;
        if (byPoint.has(seen.point) || byEndpoint.has(seen.endpoint)) continue;
        waiting.add(seen);
        byPoint.set(seen.point, seen);
        byEndpoint.set(seen.endpoint, seen);
        queue.push(seen);
      }
    },
    forgetFound({ value, person }: FoundSubscription) {
      const point = plainPoint(value.keys.p256dh);
      forget(byPoint.get(point));
      forget(byEndpoint.get(value.endpoint));
      recent.add(point);
      if (recent.size > MAX_RECENT) {
        older = recent;
        recent = new Set();
      }
      // What is said of a person has come out as well.
      const said = waiting.size > 0 && person !== null ? JSON.stringify(person) : '';
      if (ANY_ADDRESS.test(said)) for (const seen of first()) if (said.includes(seen.endpoint)) forget(seen);
    },
    forgetBad({ line, excerpt }: SubscriptionTextRow & { kind: 'bad' }) {
      if (waiting.size === 0) return;
      const start = /https:\S{20,}/.exec(excerpt)?.[0].slice(0, START) ?? null;
      const near = first().filter((seen) => seen.line >= line && seen.line <= line + MAX_BELOW);
      forget(
        (start === null ? undefined : near.find(({ endpoint }) => endpoint.startsWith(start))) ?? near[0],
      );
    },
    /** Gives, and no longer keeps, what is above a line. */
    takeBefore(line: number): Seen[] {
      const taken: Seen[] = [];
      for (let seen = queue[head]; seen !== undefined; seen = queue[head]) {
        if (waiting.has(seen)) {
          if (seen.line >= line) break;
          taken.push(seen);
          forget(seen);
        }
        head += 1;
      }
      return taken;
    },
  };
}

/** Finds, in a text that comes in pieces, endpoints with a public key near them. */
function createPairs(): { push: (piece: string, isLast: boolean) => Seen[] } {
  /** What has not been looked at yet begins at `from`; a little of what is before it is there too. */
  let rest = '';
  let from = 0;
  let line = 1;
  let address: { endpoint: string; at: number; line: number } | null = null;
  let point: { text: string; at: number } | null = null;
  return {
    push(piece, isLast) {
      rest += piece;
      const found: Seen[] = [];
      const lines = createLineCounter(rest, line);
      let looked = Math.max(from, rest.length - POINT_LENGTH);
      ADDRESS_OR_POINT.lastIndex = from;
      for (let match = ADDRESS_OR_POINT.exec(rest); match !== null; match = ADDRESS_OR_POINT.exec(rest)) {
        const { 0: text, index: at } = match;
        if (!isLast && at + text.length === rest.length && text.length < MAX_MATCH) {
          looked = at;
          break;
        }
        from = at + text.length;
        looked = Math.max(looked, from);
        if (OF_NO_ONE.test(rest.slice(Math.max(0, at - BEFORE_KEY), at))) continue;
        if (/^h/i.test(text)) {
          const [endpoint, atLine] = [plainAddress(text), lines.lineAt(at)];
          address = { endpoint, at, line: atLine };
          if (point !== null && at - point.at < NEAR) {
            found.push({ endpoint, point: plainPoint(point.text), line: atLine });
            address = null;
          }
          point = null;
        } else if (text.startsWith('B')) {
          point = { text, at };
          if (address !== null && at - address.at < NEAR) {
            found.push({ endpoint: address.endpoint, point: plainPoint(text), line: address.line });
            address = null;
            point = null;
          }
        }
      }
      const cut = Math.max(0, looked - BEFORE_KEY);
      line = lines.lineAt(cut);
      rest = rest.slice(cut);
      from = looked - cut;
      if (address !== null) address = { ...address, at: address.at - cut };
      if (point !== null) point = { ...point, at: point.at - cut };
      return found;
    },
  };
}

const unreadRow = ({ endpoint, line }: Seen): SubscriptionTextRow => ({
  kind: 'bad',
  line,
  problem: NOT_UNDERSTOOD,
  excerpt: clean(endpoint, 0, EXCERPT_CHARACTERS),
});

/** A public key in the alphabet of base64url, without padding; of a longer text its start. */
const plainPoint = (text: string): string =>
  text.slice(0, POINT_LENGTH).replaceAll('+', '-').replaceAll('/', '_');

function plainAddress(address: string): string {
  if (!/%3a%2f%2f/i.test(address)) return address;
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
