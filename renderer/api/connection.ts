import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../electron/contract/procedures.ts';
import { callPort, type PortLink } from '../../electron/port/call-port.ts';
import { createLineLink } from './line-link.ts';
import { PORT_MESSAGE, type MessageTarget } from './port-message.ts';
import { NO_WORKSPACES, type WorkspacesConnection } from './workspaces.ts';

export { PORT_MESSAGE, type MessageTarget };

export type EngineClient = ContractRouterClient<Contract>;

export interface EngineConnection {
  readonly client: EngineClient;
  /** True while a port to a living engine is held. */
  isConnected: () => boolean;
  /** Calls `listener` whenever the engine comes or goes; returns its undo. */
  listen: (listener: () => void) => () => void;
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/**
 * Calls the engine through the port that the preload script forwards. When the engine restarts a new port arrives;
 * calls made in between wait for it instead of hanging on the dead one.
 *
 * @param target the window that receives the port
 */
export function createEngineConnection(
  target: MessageTarget,
  workspaces: WorkspacesConnection = NO_WORKSPACES,
): EngineConnection {
  const listeners = new Set<() => void>();
  let connected = false;
  let current = deferred<PortLink>();

  const tell = () => {
    for (const listener of listeners) listener();
  };

  target.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== target || event.data !== PORT_MESSAGE || !port) return;
    const { link, letGo } = callPort(port, () => {
      // The app sees that this end is closed, and sends another port.
      port.close();
      lost();
    });
    if (connected) current = deferred();
    current.resolve(link);
    connected = true;
    const mine = current;
    const lost = () => {
      letGo();
      if (current !== mine) return;
      current = deferred();
      connected = false;
      tell();
    };
    port.addEventListener('close', lost);
    port.start();
    tell();
  });

  return {
    client: createORPCClient(createLineLink({ current: () => current.promise, workspaces })),
    isConnected: () => connected,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
