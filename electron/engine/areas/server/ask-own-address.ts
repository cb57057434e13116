import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Opens a connection to an address; rejects with the network error. */
export type OpenTo = (url: URL) => Promise<Socket>;

/** An address for documentation (RFC 5737): no caller has it, so it shows whether a proxy passes on addresses that callers make up. */
export const MADE_UP = '192.0.2.1';

export interface OwnAnswer {
  status: number;
  location: string | null;
  server: string | null;
  body: string;
}

const MAX_BODY = 10_000;

/** Makes one request and follows no redirect. Rejects with the network error, or the signal's reason. */
export async function askOwnAddress(url: URL, openTo: OpenTo, signal: AbortSignal): Promise<OwnAnswer> {
  signal.throwIfAborted();
  const socket = await unlessAborted(openTo(url), signal);
  try {
    return await new Promise<OwnAnswer>((resolve, reject) => {
      const asking = request({
        createConnection: () => socket,
        path: url.pathname + url.search,
        headers: {
          host: url.host,
          accept: 'application/json',
          'user-agent': 'Pushdesk',
          'x-forwarded-for': MADE_UP,
        },
        signal,
      });
      asking.once('error', reject);
      asking.once('response', (response) => {
        const { statusCode = 0, headers } = response;
        bodyOf(response).then((body) => {
          const { location = null, server } = headers;
          resolve({
            status: statusCode,
            location,
            server: server === undefined ? null : String(server),
            body,
          });
        }, reject);
      });
      asking.end();
    });
  } finally {
    socket.destroy();
  }
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of response) {
    body += String(chunk);
    if (body.length > MAX_BODY) break;
  }
  return body.slice(0, MAX_BODY);
}

function unlessAborted(opening: Promise<Socket>, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('The time is over.'));
    };
    signal.addEventListener('abort', leave, { once: true });
    opening.then(
      (socket) => {
        signal.removeEventListener('abort', leave);
        if (signal.aborted) socket.destroy();
        else resolve(socket);
      },
      (error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
