import type { TLSSocket } from 'node:tls';

/** 1xx, but not 101, which ends HTTP on a connection. */
const INTERIM = /^HTTP\/1\.1 1(?!01)\d\d/;
const STATUS_BYTES = 'HTTP/1.1 100'.length;
const END = '\r\n\r\n';
/** An interim answer is a line and a few header fields. */
const MAX_BYTES = 16_384;

/**
 * Leaves interim answers (1xx) out of what is read from a connection. A server may send `100 Continue` before its answer although nobody
 * asked (RFC 9110 §15.2), and undici then drops the connection, with the answer unread and the message perhaps accepted.
 */
export function skipInterim(socket: TLSSocket): TLSSocket {
  const read = socket.read.bind(socket);
  let held: Buffer | null = null;
  socket.read = (size?: number): unknown => {
    for (;;) {
      const chunk: unknown = read(size);
      if (!Buffer.isBuffer(chunk)) return chunk;
      const bytes: Buffer = held === null ? chunk : Buffer.concat([held, chunk]);
      held = null;
      if (!INTERIM.test(bytes.toString('latin1', 0, STATUS_BYTES))) return bytes;
      const end = bytes.indexOf(END);
      if (end < 0 && bytes.byteLength > MAX_BYTES) return bytes;
      if (end < 0) held = bytes;
      else if (end + END.length < bytes.byteLength) socket.unshift(bytes.subarray(end + END.length));
    }
  };
  return socket;
}
