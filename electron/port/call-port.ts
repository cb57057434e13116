import { RPCLink } from '@orpc/client/message-port';
import { dataOf, type FramePort } from './frame-port.ts';
import { readResponseFrame } from './frames.ts';

export type PortLink = RPCLink<Record<string, never>>;

/**
 * Calls through a port. A frame that is not an answer never gets as far as oRPC, where it would be an unhandled rejection.
 *
 * @param onBadFrame the port stays open unless this closes it
 * @returns the link, and how to let go of it: what is under way fails then instead of waiting for ever
 */
export function callPort(port: FramePort, onBadFrame: () => void): { link: PortLink; letGo: () => void } {
  const onClose = new Set<() => void>();
  const link: PortLink = new RPCLink({
    port: {
      postMessage(data: unknown) {
        port.postMessage(data);
      },
      addEventListener(type: string, listener: (event: object) => void) {
        if (type === 'close') {
          const once = () => {
            if (onClose.delete(once)) listener({});
          };
          onClose.add(once);
          port.addEventListener('close', once);
          return;
        }
        port.addEventListener('message', (event) => {
          const frame = readResponseFrame(dataOf(event));
          if (frame === null) onBadFrame();
          else listener({ data: frame });
        });
      },
    },
  });
  return {
    link,
    letGo() {
      for (const close of [...onClose]) close();
    },
  };
}
