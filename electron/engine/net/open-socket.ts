import type { LookupFunction } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { findProxyInEnvironment, type FindProxy } from './find-proxy.ts';
import { isPrivateHost } from './private-address.ts';
import { createSafeLookup, PrivateAddressError } from './safe-lookup.ts';
import { openTunnel } from './open-tunnel.ts';

/** Shorter than an attempt's deadline, so that a host that does not answer is told apart from a slow answer. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Opens a TLS connection to the origin; rejects with the network error. */
export type OpenSocket = (protocols: 'h2-or-h1' | 'h1') => Promise<TLSSocket>;

/** What a request to one origin may do, beyond reaching the public internet. */
export interface OriginPolicy {
  /** Connect to private addresses (self-hosted push services, the rehearsal). */
  allowPrivate: boolean;
  /** PEM of the certificates to trust instead of the system's; `null`: the system's. */
  trusted: string | null;
}

export interface OpenSocketOptions {
  origin: URL;
  policy: OriginPolicy;
  /** Injected by tests; the default refuses private addresses after asking the DNS. */
  lookup?: LookupFunction;
  /** Finds the proxy. Default: as the process's environment says. */
  findProxy?: FindProxy;
  /** How long a host, or the proxy, may take to answer. */
  connectTimeoutMs?: number;
}

/**
 * Creates the function that opens TLS connections to one origin. An address written in the endpoint itself is checked here; a name is
 * checked by the lookup that the socket uses, so that what is checked is what is connected to. Behind a proxy, the proxy asks the DNS, so
 * only what is written in the endpoint can be checked.
 */
export function createOpenSocket({
  origin,
  policy,
  lookup = createSafeLookup(),
  findProxy = findProxyInEnvironment(process.env),
  connectTimeoutMs = CONNECT_TIMEOUT_MS,
}: OpenSocketOptions): OpenSocket {
  const options = {
    timeout: connectTimeoutMs,
    ...(policy.allowPrivate ? {} : { lookup }),
    ...(policy.trusted === null ? {} : { ca: policy.trusted }),
  };
  const connectors = {
    'h2-or-h1': buildConnector({ ...options, allowH2: true }),
    h1: buildConnector({ ...options, allowH2: false }),
  };
  const { hostname, host, port } = origin;
  // Node's sockets want an IPv6 address without a URL's brackets.
  const bare = hostname.replace(/^\[|\]$/g, '');

  return async (protocols) => {
    if (!policy.allowPrivate && isPrivateHost(hostname)) throw new PrivateAddressError(hostname);
    const proxy = await findProxy(origin);
    const tunnel = proxy === null ? {} : { httpSocket: await openTunnel(proxy, origin, connectTimeoutMs) };
    return new Promise((resolve, reject) => {
      connectors[protocols](
        { hostname: bare, host, protocol: 'https:', port, ...tunnel },
        (error, socket) => {
          if (error !== null) reject(error);
          else if (socket instanceof TLSSocket) resolve(socket);
          else reject(new Error('The connection is not encrypted.'));
        },
      );
    });
  };
}
