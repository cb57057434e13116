import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '../../contract/problem.ts';
import type { TornConnections } from './torn-connections.ts';

interface Unread {
  status: number;
  problem: Problem;
}

const NOT_HTTP: Unread = {
  status: 400,
  problem: {
    code: 'not-http',
    cause: 'This is not an HTTP request.',
    cure: 'Open http://localhost with the port of this server in a browser.',
  },
};

/** By the code of Node's error. */
const KNOWN: Readonly<Partial<Record<string, Unread>>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    problem: {
      code: 'headers-too-large',
      cause:
        'The headers of the request are over 16 kB. Often they are cookies: all servers at localhost share theirs.',
      cure: 'Delete the cookies of localhost in the browser, then load the page again.',
    },
  },
  HPE_UNEXPECTED_CONTENT_LENGTH: {
    status: 400,
    problem: {
      code: 'repeated-header',
      cause: 'The length of the body was sent twice.',
      cure: 'Send Content-Length once.',
    },
  },
  HPE_INVALID_TRANSFER_ENCODING: {
    status: 400,
    problem: {
      code: 'bad-transfer-encoding',
      cause: 'Transfer-Encoding came together with Content-Length, or is not chunked.',
      cure: 'Send only Content-Length.',
    },
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    problem: {
      code: 'too-slow',
      cause: 'The request was not complete within 10 seconds.',
      cure: 'Send it again.',
    },
  },
};

/**
 * Answers bytes that are not an HTTP request: then there is no request object, only a socket.
 *
 * @param torn requests on these get no answer of their own
 * @param onAnswered called once for each connection that was answered
 */
export function answerBrokenHttp(
  torn: Pick<TornConnections, 'has'>,
  onAnswered: (status: number, problem: Problem) => void,
) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    // A peer that has gone away wants no answer, and writing to it would cause another error.
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    // Browsers open connections before they need them; one that was never used is not a broken request.
    const wasUsed = socket.bytesRead > 0;
    if (socket.writable && wasUsed && !torn.has(socket)) {
      const { status, problem } = KNOWN[error.code ?? ''] ?? NOT_HTTP;
      onAnswered(status, problem);
      const body = JSON.stringify({ error: problem });
      socket.write(
        `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
    socket.destroySoon();
  };
}
