import type { IncomingMessage } from 'node:http';
import type { PublicAddress } from '../../contract/public-address.ts';

const below = new WeakSet<object>();

/** Whether a proxy in front left the path of the public address in the request's path. */
export const isBelowPrefix = (raw: object) => below.has(raw);

/**
 * Removes the path of the public address if the proxy has not done so. Compares bytes and decodes nothing: anything spelled differently
 * stays, and so is not found.
 *
 * @returns the target to route
 */
export function withoutPrefix(raw: IncomingMessage, publicAddress: PublicAddress | null): string {
  const target = raw.url ?? '/';
  const prefix = publicAddress?.prefix ?? '';
  if (prefix === '' || !target.startsWith(`${prefix}/`)) return target;
  below.add(raw);
  return target.slice(prefix.length);
}
