import type { WebSocket } from 'ws';
import type { FramePort } from '../../../port/frame-port.ts';

export interface SocketPortOptions {
  /** How much may be waiting for a reader, in bytes. */
  maxWaiting: number;
  /** Called when the reader does not read. */
  onStuck: () => void;
  /** Whether incoming messages are still heard. */
  isHeard: () => boolean;
}

/** A WebSocket as the port for calls: text arrives as text, and bytes as bytes, which no valid frame is. */
export function socketPort(
  socket: WebSocket,
  { maxWaiting, onStuck, isHeard }: SocketPortOptions,
): FramePort {
  return {
    addEventListener(type, listener) {
      if (type === 'close') {
        socket.on('close', () => {
          listener({});
        });
        return;
      }
      socket.on('message', (data, isBinary) => {
        if (isHeard()) listener({ data: isBinary || !Buffer.isBuffer(data) ? data : data.toString('utf8') });
      });
    },
    postMessage(data) {
      if (socket.readyState !== socket.OPEN) return;
      // One large answer may go out whole; another one after it that nobody takes may not.
      if (socket.bufferedAmount > maxWaiting) onStuck();
      else socket.send(String(data));
    },
  };
}
