import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { readExtraAuthorities } from './extra-authorities.ts';
import { createFindProxy, findProxyInEnvironment, type FindProxy } from './find-proxy.ts';
import { createOpenSocket, type OpenSocket, type OriginPolicy } from './open-socket.ts';

/** How this machine's connections to others are made: whom they trust, where they may go, and through which proxy. */
export interface Outbound {
  /** Read again for each connection: settings change. */
  policy(): OriginPolicy;
  readonly findProxy: FindProxy;
  openSocket(origin: URL): OpenSocket;
}

export interface OutboundOptions {
  env: Readonly<Record<string, string | undefined>>;
  allowPrivate: () => boolean;
  /** What the system says about an address, in the form of a proxy script; `null`: there is none to ask. */
  askSystem: ((url: string) => Promise<string>) | null;
  clock: Clock;
  log: Log;
}

export function createOutbound({ env, allowPrivate, askSystem, clock, log }: OutboundOptions): Outbound {
  const trusted = readExtraAuthorities(env['PUSHDESK_EXTRA_CA_CERTS'], log);
  const findProxy =
    askSystem === null ? findProxyInEnvironment(env) : createFindProxy({ env, ask: askSystem, clock, log });
  const policy = () => ({ allowPrivate: allowPrivate(), trusted });
  return {
    policy,
    findProxy,
    openSocket: (origin) => createOpenSocket({ origin, policy: policy(), findProxy }),
  };
}
