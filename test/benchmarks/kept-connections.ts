import { connect, type Socket } from 'node:net';

/** Connections to one server that are kept, as the proxy in front of it keeps them; each has one request at a time. */
export interface KeptConnections {
  /**
   * @param request its head and body, in ASCII
   * @param end called with the status of the answer once all of it is here; `null`: there is none, because the connection broke
   */
  ask(request: string, end: (status: number | null) => void): void;
  close(): void;
}

const HEAD_END = '\r\n\r\n';
const STATUS_AT = 'HTTP/1.1 '.length;

/** HTTP by hand: a client that can do everything would take the processor from what is measured. */
export function createKeptConnections(port: number): KeptConnections {
  const all = new Set<Socket>();
  const free: ((request: string, end: (status: number | null) => void) => void)[] = [];

  const open = () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let arrived = '';
    let onEnd: ((status: number | null) => void) | null = null;
    const finish = (status: number | null) => {
      const end = onEnd;
      arrived = '';
      onEnd = null;
      end?.(status);
    };
    const ask = (request: string, end: (status: number | null) => void) => {
      onEnd = end;
      socket.write(request, 'latin1');
    };
    all.add(socket);
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      arrived += piece;
      if (arrived.length < lengthOf(arrived)) return;
      const status = Number(arrived.slice(STATUS_AT, STATUS_AT + 3));
      free.push(ask);
      finish(status);
    });
    // What went wrong matters to nobody: the request is made again.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      all.delete(socket);
      if (free.includes(ask)) free.splice(free.indexOf(ask), 1);
      finish(null);
    });
    return ask;
  };

  return {
    ask(request, end) {
      const ask = free.pop() ?? open();
      ask(request, end);
    },
    close() {
      for (const socket of all) socket.destroy();
    },
  };
}

/** How long the answer that begins so is; without end if that is not here yet. */
function lengthOf(arrived: string): number {
  const headEnd = arrived.indexOf(HEAD_END);
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(arrived)?.[1];
  return headEnd < 0 || length === undefined
    ? Number.POSITIVE_INFINITY
    : headEnd + HEAD_END.length + Number(length);
}
