import ipaddr from 'ipaddr.js';

/** Names that resolve to this machine or to its own network, whatever the DNS says (RFC 6761, RFC 6762, RFC 8375). */
const PRIVATE_SUFFIXES = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'intranet'];

/**
 * Tells whether a host name or address belongs to this machine or to a private network, as far as can be seen without asking the DNS.
 * Loopback, private, link-local, carrier-grade NAT, unique local, multicast, reserved and unspecified ranges count, in IPv4, IPv6 and IPv4
 * inside IPv6 (mapped, 6to4, NAT64, Teredo).
 *
 * @param hostname as `URL.hostname` gives it: lower case, IPv6 in brackets; brackets may be missing
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const address = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if (ipaddr.isValid(address)) return isPrivateAddress(address);
  if (!host.includes('.')) return true;
  return PRIVATE_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`));
}

/**
 * Tells whether an IP address is anything but a public unicast one.
 *
 * @param address IPv4 or IPv6 in any textual form; anything that is not an address counts as private
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? '';
  if (!ipaddr.isValid(bare)) return true;
  const parsed = ipaddr.parse(bare);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() !== 'unicast';
  return !isPublicIpv6(parsed);
}

function isPublicIpv6(address: ipaddr.IPv6): boolean {
  const inner = embeddedIpv4(address);
  if (inner !== null) return inner.range() === 'unicast';
  return address.range() === 'unicast';
}

/** The IPv4 address that a translating network would send this to: without looking at it, the check could be bypassed. */
function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  switch (address.range()) {
    case 'rfc6052':
    case 'rfc6145':
      return new ipaddr.IPv4(bytes.slice(12, 16));
    case '6to4':
      return new ipaddr.IPv4(bytes.slice(2, 6));
    case 'teredo':
      return new ipaddr.IPv4(bytes.slice(12, 16).map((byte) => byte ^ 0xff));
    default:
      return null;
  }
}
