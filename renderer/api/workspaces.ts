import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { WorkspacesContract, WorkspacesView } from '../../electron/contract/workspaces.ts';
import { callPort } from '../../electron/port/call-port.ts';
import { PORT_MESSAGE, type MessageTarget } from './port-message.ts';

export type WorkspacesClient = ContractRouterClient<WorkspacesContract>;

/** What the window knows of workspaces, and may do about them. */
export interface WorkspacesConnection {
  /** `null`: the app around it has not said, or there is none. */
  view: () => WorkspacesView | null;
  /** Calls `listener` at every change; returns its undo. */
  listen: (listener: () => void) => () => void;
  /** `null` as long as there is no app around it. */
  client: () => WorkspacesClient | null;
}

/** Where there is no app around the window. */
export const NO_WORKSPACES: WorkspacesConnection = {
  view: () => null,
  listen: () => () => undefined,
  client: () => null,
};

/**
 * Follows the app through the second port that comes with the engine's first. It lasts as long as the page: an engine that is gone, or a
 * line that is lost, does not end it.
 *
 * @param target the window that receives the ports
 */
export function createWorkspacesConnection(target: MessageTarget): WorkspacesConnection {
  const listeners = new Set<() => void>();
  let view: WorkspacesView | null = null;
  let client: WorkspacesClient | null = null;

  const follow = async (from: WorkspacesClient) => {
    for await (const next of await from.watch()) {
      if (client !== from) return;
      view = next;
      for (const listener of listeners) listener();
    }
  };
  target.addEventListener('message', (event) => {
    const port = event.ports[1];
    if (event.source !== target || event.data !== PORT_MESSAGE || !port) return;
    const { link, letGo } = callPort(port, () => {
      port.close();
      letGo();
    });
    port.addEventListener('close', letGo);
    port.start();
    client = createORPCClient<WorkspacesClient>(link);
    // What was told last stays: the app around the window ends with it.
    follow(client).catch(() => undefined);
  });

  return {
    view: () => view,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    client: () => client,
  };
}
