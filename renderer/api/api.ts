import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { EngineConnection } from './connection.ts';
import { NO_WORKSPACES, type WorkspacesConnection } from './workspaces.ts';
import type { EngineQueries } from './topics.ts';

/** All that a screen needs to read and to act. */
export interface Api {
  connection: EngineConnection;
  workspaces: WorkspacesConnection;
  queries: EngineQueries;
  queryClient: QueryClient;
}

export function createApi(
  connection: EngineConnection,
  workspaces: WorkspacesConnection = NO_WORKSPACES,
): Api {
  const queryClient = new QueryClient({
    defaultOptions: {
      // The engine is on this machine: neither the network's state nor a second try changes its answer.
      queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, staleTime: 30_000 },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return { connection, workspaces, queries: createTanstackQueryUtils(connection.client), queryClient };
}
