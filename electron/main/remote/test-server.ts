import { Refusal } from '../../contract/problem.ts';
import type { OpenSocket } from './remote-socket.ts';
import { readServerAddress } from './server-address.ts';

/** What a server says of itself. */
export interface ServerFound {
  /** In the form in which it is remembered. */
  address: string;
  name: string;
  version: string;
}

/**
 * Connects once, and ends the line when the server has greeted.
 *
 * @throws Refusal with what prevents it
 */
export function testServer(
  { address, token }: { address: string; token: string },
  openSocket: OpenSocket,
): Promise<ServerFound> {
  const server = readServerAddress(address);
  if ('problem' in server) return Promise.reject(new Refusal('BAD_INPUT', server.problem));
  return new Promise((resolve, reject) => {
    const socket = openSocket(server, token, {
      onOpen({ version }) {
        socket.close();
        resolve({ address: server.address, name: server.host, version });
      },
      onFrame: () => undefined,
      onEnd({ problem, next }) {
        const field = next === 'token' ? { field: 'token' } : {};
        reject(new Refusal('CONFLICT', { ...problem, ...field }));
      },
    });
  });
}
