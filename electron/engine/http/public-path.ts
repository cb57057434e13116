import type { IncomingMessage } from 'node:http';
import type { PublicAddress } from '../../contract/public-address.ts';

const below = new WeakSet<object>();

/** Whether the path of a request was below that of the public address: a proxy in front left it there. */
export const isBelowPrefix = (raw: object) => below.has(raw);

/**
 * Takes the path of the public address away, where the proxy has not done so. Compares bytes and decodes nothing: whatever is written in
 * another way stays, and so is found nowhere.
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
