import type { Socket } from 'node:net';

const BODY = JSON.stringify({
  error: {
    code: 'not-http',
    cause: 'This is not an HTTP request that can be read.',
    cure: 'Open http://localhost with the port of this server in a browser.',
  },
});

/**
 * Answers bytes that are no HTTP request: there is no request object then, only a socket.
 *
 * @param onAnswered called once for each that was answered
 */
export function answerBrokenHttp(onAnswered: () => void) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    // A peer that went away wants no answer, and writing to it would be an error of its own.
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    if (socket.writable) {
      onAnswered();
      socket.write(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(BODY)}\r\nConnection: close\r\n\r\n${BODY}`,
      );
    }
    socket.destroySoon();
  };
}
