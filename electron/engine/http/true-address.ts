import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { isWithin } from './address-block.ts';

/** Nobody has more proxies in a row than this. */
const MAX_HOPS = 32;

/** Whether something in front of the server says that it is passing on a request. */
export const isForwarded = (headers: IncomingHttpHeaders) =>
  ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'].some(
    (name) => headers[name] !== undefined,
  );

/** The address that a request really came from. */
export function trueAddress(
  peer: string,
  headers: IncomingHttpHeaders,
  trusted: readonly string[],
): string | null {
  if (!isWithin(peer, trusted)) return peer;
  const lists = [hopsOfXForwardedFor(headers), hopsOfForwarded(headers)].filter((hops) => hops !== null);
  const found = lists.map((hops) => lastUntrusted(peer, hops, trusted));
  const [first = peer, second = first] = found;
  return first === second ? first : null;
}

/** @param hops the last of which was added last */
function lastUntrusted(peer: string, hops: readonly (string | null)[], trusted: readonly string[]): string {
  let nearest = peer;
  for (const hop of hops.slice(-MAX_HOPS).reverse()) {
    if (hop === null) break;
    nearest = hop;
    if (!isWithin(hop, trusted)) break;
  }
  return nearest;
}

function hopsOfXForwardedFor({ 'x-forwarded-for': header }: IncomingHttpHeaders): (string | null)[] | null {
  if (header === undefined) return null;
  return [header].flat().join(',').split(',').map(addressIn);
}

/** RFC 7239 §4: elements separated by commas, each with pairs; a quoted value may contain neither separator. */
function hopsOfForwarded({ forwarded }: IncomingHttpHeaders): (string | null)[] | null {
  if (forwarded === undefined) return null;
  return forwarded.split(',').map((element) => {
    const pairs = element
      .split(';')
      .map((pair) => /^for\s*=\s*(?:"([^"\\]*)"|([^"\s]*))$/i.exec(pair.trim()));
    const values = pairs.filter((pair) => pair !== null);
    return values.length === 1 ? addressIn(values[0]?.[1] ?? values[0]?.[2] ?? '') : null;
  });
}

/** The address of a hop, with or without its port: `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]:80`, `2001:db8::1`. */
function addressIn(hop: string): string | null {
  const text = hop.trim();
  const bare =
    /^\[([0-9a-f:.]+)\](?::\d{1,5})?$/i.exec(text)?.[1] ?? /^([0-9.]+):\d{1,5}$/.exec(text)?.[1] ?? text;
  if (bare.length > 45 || bare.includes('%') || isIP(bare) === 0) return null;
  return bare;
}

/** The nets that contain a caller's address, up to what providers give to one customer. */
export interface WiderNets {
  /** A /56. */
  readonly household: string;
  /** A /48. */
  readonly company: string;
}

/**
 * @param address as `countedAddress` gives it.
 * @returns `null` if it is not IPv6
 */
export function widerNets(address: string): WiderNets | null {
  const groups = /^([\da-f]{1,4}):([\da-f]{1,4}):([\da-f]{1,4}):([\da-f]{1,4})::\/64$/.exec(address);
  if (groups === null) return null;
  const company = groups.slice(1, 4).join(':');
  return { company, household: `${company}:${parseInt(groups[4] ?? '0', 16) >> 8}` };
}

/** What counts as one caller: an IPv4 address, or the 64-bit IPv6 net that one household or server gets. */
export function countedAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  // A link-local peer has a zone after its address.
  const full = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [head = '', tail] = full.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  // ::ffff:0:0/96 is IPv4, in hexadecimal.
  if (groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff') {
    return groups
      .slice(6)
      .flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255])
      .join('.');
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}
