import type { OpenSocket } from '../../net/open-socket.ts';
import { createHttp1Origin } from './http1-origin.ts';
import { createHttp2Origin } from './http2-origin.ts';
import type { Call, OriginConnection } from './origin-connection.ts';

/** The first connection shows whether the origin speaks HTTP/2 (ALPN); calls wait for it, and it then carries the first of them. */
export function createProbedOrigin({
  origin,
  openSocket,
}: {
  origin: string;
  openSocket: OpenSocket;
}): OriginConnection {
  let known: OriginConnection | null = null;
  let probing = false;
  let closed = false;
  const waiting: Call[] = [];

  const probe = async () => {
    probing = true;
    try {
      const first = await openSocket('h2-or-h1');
      if (closed) {
        first.destroy();
        throw new Error('The app is stopping.');
      }
      known =
        first.alpnProtocol === 'h2'
          ? createHttp2Origin({ origin, openSocket, first, onOtherProtocol: forget })
          : createHttp1Origin({ origin, openSocket, first });
      for (const call of waiting.splice(0)) if (!call.reply.settled) known.post(call);
    } catch (error) {
      for (const call of waiting.splice(0)) call.reply.fail(error);
    } finally {
      probing = false;
    }
  };

  const forget = () => {
    void known?.close();
    known = null;
  };

  return {
    post(call) {
      if (known !== null) {
        known.post(call);
        return;
      }
      waiting.push(call);
      if (!probing) void probe();
    },
    async close() {
      closed = true;
      await known?.close();
    },
  };
}
