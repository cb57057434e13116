import { hasTopLevelDomain } from './top-level-domains.ts';

/** Why nobody on the internet can reach a host: it is reserved, a number, a name without a domain, or in a domain that does not exist. */
export type UnreachableHost = 'reserved' | 'address' | 'single' | 'unknown';

/**
 * Top-level domains that are reserved (RFC 2606 §2, RFC 6761, RFC 6762 `.local`, RFC 7686 `.onion`, RFC 9476 `.alt`, ICANN `.internal`) or
 * serve the network's infrastructure, as `home.arpa` does (RFC 8375).
 */
const RESERVED: ReadonlySet<string> = new Set([
  'test',
  'example',
  'invalid',
  'localhost',
  'local',
  'onion',
  'alt',
  'internal',
  'arpa',
]);

/**
 * Recognises by its name alone a host that cannot be reached from anywhere. The names of RFC 2606 §3, `example.com` and its sisters, exist.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @returns `null` for a name below a domain of the internet
 */
export function unreachableHost(host: string): UnreachableHost | null {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name.startsWith('[') || /^(?:0x[\da-f]+|\d+)(?:\.(?:0x[\da-f]+|\d+))*$/.test(name)) return 'address';
  const labels = name.split('.');
  if (RESERVED.has(labels.at(-1) ?? '')) return 'reserved';
  if (labels.length === 1) return 'single';
  return hasTopLevelDomain(name) ? null : 'unknown';
}
