import { createLineCounter } from '../text/line-counter.ts';
import { KNOWN_HOSTS } from './record/known-endpoint.ts';

/** Of `https` as well. */
const SCHEME = 'http';
const KNOWN_ADDRESS = String.raw`https?(?:://|%3a%2f%2f)${KNOWN_HOSTS}(?:/|%2f)[^\s"'\x60<>,;&|(){}[\]\\]{1,4096}`;
const ADDRESS = new RegExp(KNOWN_ADDRESS, 'iy');
const ADDRESSES = new RegExp(KNOWN_ADDRESS, 'gi');
/** One that was shortened on screen; the host may be cut as well. */
const SHORTENED = /https:\/\/[^\s"'`<>,;&|(){}[\]\\…]{1,200}(?:…|(?<=\.{3}))/iy;
const ADDRESS_END = /[\s"'\x60<>,;&|(){}[\]\\]/;
const POINT = /(?<![\w+/-])B[\w+/-]{86}(?![\w+/-])/g;
const POINT_LENGTH = 87;
/** How far from an address the public key may be that is its own. */
const NEAR = 1500;
/** What comes before a key of the server, which no subscription has, and before what was replaced. */
const OF_NO_ONE =
  /(?:(?:vapid|public|server)[^\n]{0,30}|(?:old|prev|previous|former|legacy|original|last)[\w-]{0,12}["']?\s?(?:=>|[:=])\s?["']?)$/i;
const BEFORE_KEY = 45;

/** An endpoint of a known push service, or a shortened address, with a public key near it. */
export interface EndpointWithKey {
  readonly endpoint: string;
  readonly point: string;
  readonly line: number;
}

/**
 * Finds, in a text that comes in pieces, endpoints with a public key near them.
 *
 * `settled`: the text that goes on what was settled before, without an address that may go on in the next piece.
 */
export function createEndpointsWithKeys(): {
  push: (piece: string, isLast: boolean) => { found: EndpointWithKey[]; settled: string };
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
      const found: EndpointWithKey[] = [];
      const lines = createLineCounter(rest, line);
      /** Where what may be the public key of the next address begins. */
      let behind = from;
      let end = rest.length;
      let looked = Math.max(from, rest.length - NEAR);
      let at = rest.indexOf(SCHEME, from);
      while (at !== -1) {
        const address = addressAt(rest, at);
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

function addressAt(text: string, at: number): string {
  ADDRESS.lastIndex = at;
  SHORTENED.lastIndex = at;
  return (ADDRESS.exec(text) ?? SHORTENED.exec(text))?.[0] ?? '';
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

/** The endpoints of known push services in a text. */
export const endpointsIn = (text: string): string[] =>
  [...text.matchAll(ADDRESSES)].map(([address]) => plainAddress(address));

/** A public key in the alphabet of base64url, without padding; of a longer text its start. */
export const plainPoint = (text: string): string => {
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
