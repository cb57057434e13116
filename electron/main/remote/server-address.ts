import { isIP } from 'node:net';
import { WORKSPACE_PATH } from '../../contract/workspace.ts';
import type { Problem } from '../../contract/problem.ts';

/** A server as a person names it. */
export interface ServerAddress {
  /** `https://push.example.org/push`: in one form, without a slash at its end. */
  readonly address: string;
  /** Where the WebSocket is. */
  readonly socket: string;
  readonly host: string;
}

const bad = (cause: string, cure: string): { problem: Problem } => ({
  problem: { code: 'server-address', cause, cure, field: 'address' },
});

/** Reads what a person typed or pasted: with or without `https://`, with the path that the engine is below. */
export function readServerAddress(text: string): ServerAddress | { problem: Problem } {
  const plain = text.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(plain) ? plain : `https://${plain}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (url === null || url.hostname === '')
    return bad(
      'This is not an address.',
      'Enter the public address of the server, such as https://push.example.org.',
    );
  if (url.username !== '' || url.password !== '')
    return bad(
      'The address contains a name or password.',
      'Remove it. Only the owner token opens a workspace.',
    );
  const scheme = url.protocol;
  const isSecure = scheme === 'https:' || scheme === 'wss:';
  if (!isSecure && scheme !== 'http:' && scheme !== 'ws:')
    return bad(
      `Addresses that begin with ${scheme}// can’t be opened.`,
      'Use one that begins with https://.',
    );
  if (!isSecure && !isLoopback(url.hostname))
    return bad(
      'The connection would not be encrypted.',
      'Use https://. Plain http:// works only on this computer, for example through an SSH tunnel.',
    );
  const path = withoutEnd(url.pathname);
  const base = `${url.host}${path}`;
  return {
    address: `${isSecure ? 'https' : 'http'}://${base}`,
    socket: `${isSecure ? 'wss' : 'ws'}://${base}${WORKSPACE_PATH}`,
    host: url.host,
  };
}

/** The page's own paths and the workspace's: people paste what the browser shows. */
function withoutEnd(pathname: string): string {
  const plain = pathname.replace(/\/+$/, '');
  return plain.endsWith(WORKSPACE_PATH) ? plain.slice(0, -WORKSPACE_PATH.length).replace(/\/+$/, '') : plain;
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  (isIP(hostname) === 4 && hostname.startsWith('127.'));
