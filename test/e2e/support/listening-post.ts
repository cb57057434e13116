import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Stands for every server on the internet: counts what reaches this machine at one port of TCP and one of UDP. */
export interface ListeningPost {
  tcpPort: number;
  udpPort: number;
  /** Connections and datagrams so far. */
  reached: () => { tcp: number; udp: number };
  close: () => void;
}

export async function openListeningPost(): Promise<ListeningPost> {
  const reached = { tcp: 0, udp: 0 };
  const tcp = createServer((socket) => {
    reached.tcp += 1;
    socket.on('error', () => undefined);
    socket.destroy();
  });
  tcp.listen(0);
  await once(tcp, 'listening');
  const udp = createSocket('udp4');
  udp.on('message', () => {
    reached.udp += 1;
  });
  udp.bind(0);
  await once(udp, 'listening');
  return {
    tcpPort: (tcp.address() as AddressInfo).port,
    udpPort: udp.address().port,
    reached: () => ({ ...reached }),
    close() {
      tcp.close();
      udp.close();
    },
  };
}
