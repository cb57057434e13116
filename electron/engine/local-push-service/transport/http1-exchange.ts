import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './exchange.ts';
import { readBody } from './read-body.ts';

/** Wraps an HTTP/1.1 request. */
export function createHttp1Exchange(request: IncomingMessage, response: ServerResponse): Exchange {
  // The service sets `Date` from its own clock.
  response.sendDate = false;
  // A sender that leaves is not an error of the service; without a listener it would end the process.
  response.on('error', () => undefined);
  request.on('error', () => undefined);
  const cut = () => void request.socket.destroy();

  return {
    protocol: 'http/1.1',
    method: request.method ?? '',
    path: request.url ?? '',
    authority: request.headers.host ?? '',
    headers: request.headers,
    readBody: (limit, done) => {
      readBody(request, limit, cut, done);
    },
    answer({ status, headers, body }) {
      if (response.destroyed || response.headersSent) return;
      response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
      response.end(body);
    },
    open(status, headers) {
      if (response.destroyed || response.headersSent) return null;
      response.writeHead(status, headers);
      response.flushHeaders();
      return response;
    },
    cut,
  };
}
