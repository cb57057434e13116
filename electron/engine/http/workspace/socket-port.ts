import type { WebSocket } from 'ws';
import type { FramePort } from '../../../port/frame-port.ts';

export interface SocketPortOptions {
  /** What may wait for a reader, in bytes. */
  maxWaiting: number;
  /** The reader does not read. */
  onStuck: () => void;
  /** Whether what comes is still heard. */
  isHeard: () => boolean;
}

/** A WebSocket as the port that calls come through: text as text, and bytes as the bytes that no frame is. */
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
      // One large answer may go out whole; another behind it that nobody takes may not.
      if (socket.bufferedAmount > maxWaiting) onStuck();
      else socket.send(String(data));
    },
  };
}
