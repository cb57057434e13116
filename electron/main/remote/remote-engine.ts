import { powerMonitor } from 'electron';
import type { EngineSource } from '../engine-source.ts';
import { schedule } from '../schedule.ts';
import type { UnderWay } from '../under-way.ts';
import type { WindowAround } from '../workspace-window.ts';
import { createImportWatch } from './import-watch.ts';
import type { OwnerTokens } from './owner-tokens.ts';
import { createRemoteLine, type RemoteLine } from './remote-line.ts';
import type { OpenSocket } from './remote-socket.ts';
import type { ServerAddress } from './server-address.ts';

/** The engine on a server, at the other end of a line. */
export function createRemoteEngine(
  around: WindowAround,
  options: {
    id: string;
    server: ServerAddress;
    tokens: OwnerTokens;
    openSocket: OpenSocket;
    onChange: () => void;
  },
): { engine: EngineSource; underWay: UnderWay; line: RemoteLine } {
  const { id, tokens } = options;
  const imports = createImportWatch(() => performance.now());
  const line = createRemoteLine({
    server: options.server,
    token: () => tokens.now(id),
    keepToken: (token) => void tokens.keep(id, token),
    openSocket: options.openSocket,
    schedule,
    now: Date.now,
    random: Math.random,
    onChange: options.onChange,
    onOpen() {
      around.engineReady();
      if (!around.window.isDestroyed()) around.host().reconnect();
    },
  });
  const retry = () => {
    line.tryNow();
  };
  powerMonitor.on('resume', retry);
  return {
    line,
    engine: {
      start() {
        void tokens.read(id).then(() => {
          line.start();
        });
      },
      connect() {
        const port = line.connect();
        return port === null ? null : imports.watch(port);
      },
      stop() {
        powerMonitor.off('resume', retry);
        line.stop();
        return Promise.resolve();
      },
    },
    // The server goes on with its campaigns whether or not anyone is looking: only what this window is handing over would end with it.
    underWay: {
      find: () =>
        Promise.resolve({
          campaigns: [],
          unsent: 0,
          rehearsal: false,
          importing: imports.isImporting(),
          erasing: false,
        }),
      pauseCampaigns: () => Promise.resolve('done'),
    },
  };
}
