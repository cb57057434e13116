import { connect, type Socket } from 'node:net';
import type { Outbound } from '../../net/outbound.ts';
import { createOpenSocket } from '../../net/open-socket.ts';
import type { OpenTo } from './ask-own-address.ts';

/**
 * Connects as a send would: by the same proxy, and with the same authorities. Private addresses are allowed, because the person named this
 * one: many servers find their own public name at an address of their own network.
 */
export function openToWith({ policy, findProxy }: Pick<Outbound, 'policy' | 'findProxy'>): OpenTo {
  return (url) => {
    if (url.protocol === 'http:') return openPlain(url);
    return createOpenSocket({ origin: url, policy: { ...policy(), allowPrivate: true }, findProxy })('h1');
  };
}

/** Only for names of this machine: the schema lets no other have plain HTTP. */
function openPlain({ port, hostname }: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port === '' ? 80 : Number(port), hostname);
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve(socket);
    });
  });
}
