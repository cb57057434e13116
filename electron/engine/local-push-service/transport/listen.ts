import type { Server } from 'node:net';

/** Resolves when the server listens; rejects with the system's error (`EADDRINUSE`, …) if it cannot. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
