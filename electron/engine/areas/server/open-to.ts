import { connect, type Socket } from 'node:net';
import type { Outbound } from '../../net/outbound.ts';
import { createOpenSocket } from '../../net/open-socket.ts';
import type { OpenTo } from './ask-own-address.ts';

/**
 * Connects as a send would: through the same proxy, and trusting the same authorities. Private addresses are allowed, because the person
 * named this one: for many servers, their own public name leads to an address in their own network.
 */
export function openToWith({ policy, findProxy }: Pick<Outbound, 'policy' | 'findProxy'>): OpenTo {
  return (url) => {
    if (url.protocol === 'http:') return openPlain(url);
    return createOpenSocket({ origin: url, policy: { ...policy(), allowPrivate: true }, findProxy })('h1');
  };
}

/** Only for names of this machine: the schema allows plain HTTP for no others. */
function openPlain({ port, hostname }: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port === '' ? 80 : Number(port), hostname);
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve(socket);
    });
  });
}
