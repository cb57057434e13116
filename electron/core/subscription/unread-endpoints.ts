import { endpointsIn, plainPoint, type EndpointWithKey } from './endpoints-with-keys.ts';
import type { FoundSubscription, SubscriptionTextRow } from './region.ts';

/** Beyond this many, a text has more that is not read than anybody could look at. */
const MAX_WAITING = 50_000;
/** How many rows back the same subscription may have come out. */
const MAX_RECENT = 1000;
/** How many of those that wait are compared with a row. */
const MAX_LOOKED_AT = 1000;
/** How many lines an endpoint may be below the start of the bad row that it is in. */
const MAX_BELOW = 30;
/** Excerpts are shorter than endpoints; those of one push service begin alike, with up to 58 characters. */
const START = 80;

/** The endpoints that have come by and have not come out yet, in the order of the text. */
export function createUnreadEndpoints() {
  let queue: EndpointWithKey[] = [];
  let head = 0;
  /** What came out lately, by public key, endpoint or the start of that: the same may come by again, or only now be known. */
  const recent = createRecent();
  /** Public keys and endpoints that came out while something before them waits, or with another key than the one near them. */
  const out = new Set<string>();

  const isOut = ({ point, endpoint }: EndpointWithKey): boolean =>
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
    keep(all: readonly EndpointWithKey[]) {
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
      if (said.includes('https:')) for (const endpoint of endpointsIn(said)) addOut(endpoint);
    },
    forgetBad({ line, excerpt }: SubscriptionTextRow & { kind: 'bad' }) {
      passOut();
      const start = /https:\S{20,}/.exec(excerpt)?.[0].slice(0, START) ?? null;
      if (start !== null) recent.add(start);
      if (head === queue.length) return;
      let next: EndpointWithKey | undefined;
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
    takeBefore(line: number): EndpointWithKey[] {
      const taken: EndpointWithKey[] = [];
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
