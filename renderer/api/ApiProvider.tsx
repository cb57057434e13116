import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, use, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import type { WorkspacesView } from '../../electron/contract/workspaces.ts';
import type { Api } from './api.ts';
import { followChanges } from './live.ts';
import type { WorkspacesClient } from './workspaces.ts';

const ApiContext = createContext<Api | null>(null);

export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  useEffect(() => followChanges(api.connection, api.queryClient, api.queries), [api]);
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={api.queryClient}>{children}</QueryClientProvider>
    </ApiContext>
  );
}

export function useApi(): Api {
  const api = use(ApiContext);
  if (!api) throw new Error('useApi needs an ApiProvider around it.');
  return api;
}

/** The reads and acts of the engine, for `useQuery` and `useMutation`. */
export const useQueries = () => useApi().queries;

export function useIsConnected(): boolean {
  const { connection } = useApi();
  return useSyncExternalStore(connection.listen, connection.isConnected);
}

/** The workspaces that the app knows and the line to this one; `null` where there is no app around the window. */
export function useWorkspaces(): WorkspacesView | null {
  const { workspaces } = useApi();
  return useSyncExternalStore(workspaces.listen, workspaces.view);
}

/** Whether the engine is on a server: what needs its machine, such as saving a file there, is not offered. */
export const useIsRemote = (): boolean => useWorkspaces()?.current.kind === 'server';

/** What may be done about workspaces. */
export function useWorkspacesClient(): () => WorkspacesClient {
  const { workspaces } = useApi();
  return () => {
    const client = workspaces.client();
    if (client === null) throw new Error('There is no app around this window.');
    return client;
  };
}
