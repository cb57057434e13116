import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { isNamedSite } from '../../contract/site-address.ts';
import { isOwnOrigin } from './own-address.ts';
import type { Reach } from './reach.ts';

/**
 * How a request came to be, as browsers tell it (Fetch Metadata, `Origin`):
 * - `own`: this server's own page, or a person who typed the address
 * - `link`: a page of another site leads a whole tab here
 * - `site`: a page or worker of a site that the person named asks for something
 * - `foreign`: a page of another site asks for something behind the person's back; another port of this machine is another site too
 * - `program`: nothing says; a program of this machine, or a browser from before 2023
 */
export type CallerKind = 'own' | 'link' | 'site' | 'foreign' | 'program';

export function kindOfCaller(
  { method, headers }: FastifyRequest,
  { port, sites }: Pick<Reach, 'port' | 'sites'>,
): CallerKind {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const isForeign =
    (origin !== undefined && (port === null || !isOwnOrigin(origin, port))) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none');
  if (!isForeign) return site === undefined ? 'program' : 'own';
  // A browser names the origin of whoever is to read the answer, and of every write: no page can name another one.
  if (origin !== undefined && isNamedSite(origin, sites)) return 'site';
  const isTab = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  // Fetched ahead of a click that may never come.
  const isAhead = headers['sec-purpose'] !== undefined || headers['purpose'] !== undefined;
  return (method === 'GET' || method === 'HEAD') && isTab && !isAhead ? 'link' : 'foreign';
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whose requests are counted together: this machine has 16 million addresses, and all of them are one caller. */
export function addressOfCaller(ip: string | undefined): string {
  const version = isIP(ip ?? '');
  // A caller that went away has no address any more.
  if (ip === undefined || version === 0) return 'gone';
  return loopback.check(ip, version === 6 ? 'ipv6' : 'ipv4') ? 'loopback' : ip;
}
