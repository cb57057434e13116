import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress, isPrivateHost } from './private-address.ts';

/** The host is, or resolves to, an address of this machine or of a private network. */
export class PrivateAddressError extends Error {
  readonly code = 'PUSHDESK_PRIVATE_ADDRESS';

  constructor(hostname: string) {
    super(`${hostname} is at a private address.`);
    this.name = 'PrivateAddressError';
  }
}

type ResolveAll = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A DNS lookup for sockets that never hands out a private address. The socket connects to exactly what this returned, so a name that
 * resolves differently a moment later (DNS rebinding) changes nothing.
 *
 * @param resolve the system's lookup; injected by tests
 * @returns a function for the `lookup` option of `net.connect` and `tls.connect`; it fails with PrivateAddressError
 */
export function createSafeLookup(resolve: ResolveAll = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    if (isPrivateHost(hostname)) {
      callback(new PrivateAddressError(hostname), []);
      return;
    }
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const open = addresses.filter(({ address }) => !isPrivateAddress(address));
      const first = open[0];
      if (first === undefined) callback(new PrivateAddressError(hostname), []);
      else if (options.all === true) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };
}
