import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { isNamedSite } from '../../contract/site-address.ts';
import { isLoopback } from './address-block.ts';
import { isOwnHost, isOwnOrigin } from './own-address.ts';
import { isBelowPrefix } from './public-path.ts';
import type { Reach } from './reach.ts';
import { countedAddress, isForwarded, trueAddress } from './true-address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** `null` until the guards have looked. */
    caller: Caller | null;
  }
}

/**
 * Where a request came from, according to browsers (Fetch Metadata, `Origin`):
 * - `own`: this server's own page, or a person who typed the address
 * - `link`: a page of another site opened this in a whole tab
 * - `site`: a page or worker of a site that the person named asks for something
 * - `foreign`: a page of another site asks for something behind the person's back; another port of this machine counts as another site
 * - `program`: not stated: a program on this machine, or a browser from before 2023
 */
export type CallerKind = 'own' | 'link' | 'site' | 'foreign' | 'program';

/**
 * By which name the server was called:
 * - `local`: by a name of this machine, from this machine
 * - `public`: by the public address, or through a proxy that hides the name; only the public routes are here
 */
export type Door = 'local' | 'public';

export interface Caller {
  /** `null`: by a name that is not the server's. */
  readonly door: Door | null;
  readonly kind: CallerKind;
  /** Requests with the same value are counted together. */
  readonly address: string;
}

/** Of an `IncomingMessage`. */
interface Asked {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

interface Arrived extends Asked {
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** @param raw as it came: whether its path was below that of the public address is also relevant */
export function identifyCaller(raw: Arrived, reach: Reach): Caller {
  const peer = raw.socket.remoteAddress ?? '';
  const door = doorOf(raw, peer, reach);
  return { door, kind: kindOfCaller(raw, reach, door), address: addressOfCaller(raw, peer, reach) };
}

function doorOf(raw: Arrived, peer: string, { port, publicAddress }: Reach): Door | null {
  const { host, origin } = raw.headers;
  if (port === null || host === undefined) return null;
  const isPublicHost = publicAddress?.hosts.includes(host.toLowerCase()) ?? false;
  // A name of this machine in a request from the network is a stranger's claim.
  if (isOwnHost(host, port) && isLoopback(peer)) {
    if (publicAddress === null) return 'local';
    const isProxied =
      isForwarded(raw.headers) || origin === publicAddress.origin || isBelowPrefix(raw) || isPublicHost;
    return isProxied ? 'public' : 'local';
  }
  return isPublicHost ? 'public' : null;
}

export function kindOfCaller(
  { method, headers }: Asked,
  { port, sites, publicAddress }: Pick<Reach, 'port' | 'sites' | 'publicAddress'>,
  door: Door | null,
): CallerKind {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const isOwn = (named: string) =>
    door === 'public' ? named === publicAddress?.origin : port !== null && isOwnOrigin(named, port);
  const isForeign =
    (origin !== undefined && !isOwn(origin)) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none');
  if (!isForeign) return site === undefined ? 'program' : 'own';
  // A browser names the origin that is to read the answer, and that of every write: no page can name another one.
  if (origin !== undefined && isNamedSite(origin, sites)) return 'site';
  const isTab = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  // Prefetched for a click that may never come.
  const isAhead = headers['sec-purpose'] !== undefined || headers['purpose'] !== undefined;
  return (method === 'GET' || method === 'HEAD') && isTab && !isAhead ? 'link' : 'foreign';
}

/** All of this machine's addresses are one caller: there are 16 million of them. */
export const LOOPBACK = 'loopback';

function addressOfCaller(
  raw: Arrived,
  peer: string,
  { publicAddress, trustedProxies }: Pick<Reach, 'publicAddress' | 'trustedProxies'>,
): string {
  // A caller that has gone away has no address any more.
  if (isIP(peer) === 0) return 'gone';
  const address = publicAddress === null ? peer : trueAddress(peer, raw.headers, trustedProxies);
  if (address === null) return 'contradictory';
  return isLoopback(address) ? LOOPBACK : countedAddress(address);
}
