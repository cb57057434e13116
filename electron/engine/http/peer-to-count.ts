import { isLoopback, isWithin } from './address-block.ts';
import { countedAddress } from './true-address.ts';

/**
 * The address by which connections are counted; `null` where many people share one: on this machine, and behind a trusted proxy.
 *
 * @param peer the other end of a connection
 */
export function peerToCount(peer: string | undefined, trustedProxies: readonly string[]): string | null {
  // A caller that has gone away has none any more.
  if (peer === undefined) return null;
  const address = countedAddress(peer);
  return isLoopback(peer) ||
    isLoopback(address) ||
    isWithin(address, trustedProxies) ||
    isWithin(peer, trustedProxies)
    ? null
    : address;
}
