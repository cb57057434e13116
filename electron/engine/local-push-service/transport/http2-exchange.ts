import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Exchange } from './exchange.ts';
import { readBody } from './read-body.ts';

const WITHOUT_BODY = new Set([204, 205, 304]);

/** Wraps an HTTP/2 stream. The bare stream is used rather than Node's HTTP/1-like layer, which costs a third more. */
export function createHttp2Exchange(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  socket: TLSSocket,
): Exchange {
  // A sender that leaves is not an error of the service; without a listener it would end the process.
  stream.on('error', () => undefined);

  function cut(what: 'connection' | 'stream'): void {
    if (what === 'connection') socket.destroy();
    else stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }

  const isOver = () => stream.destroyed || stream.closed || stream.headersSent;

  return {
    protocol: 'h2',
    method: headers[':method'] ?? '',
    path: headers[':path'] ?? '',
    authority: headers[':authority'] ?? headers.host ?? '',
    headers,
    readBody: (limit, done) => {
      readBody(
        stream,
        limit,
        () => {
          cut('stream');
        },
        done,
      );
    },
    answer({ status, headers: fields, body }) {
      if (isOver()) return;
      const endStream = body === '' || WITHOUT_BODY.has(status);
      stream.respond({ ...fields, ':status': status }, { endStream });
      if (!endStream) stream.end(body);
    },
    open(status, fields) {
      if (isOver()) return null;
      stream.respond({ ...fields, ':status': status });
      return stream;
    },
    cut,
  };
}
