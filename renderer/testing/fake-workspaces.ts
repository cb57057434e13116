import { createORPCClient, ORPCError, type ClientLink } from '@orpc/client';
import type { Problem } from '../../electron/contract/problem.ts';
import type { Workspace, WorkspacesView } from '../../electron/contract/workspaces.ts';
import type { WorkspacesClient, WorkspacesConnection } from '../api/workspaces.ts';

export const homeWorkspace: Workspace = {
  id: 'home',
  kind: 'folder',
  name: 'This computer',
  place: '/home/ada/.config/Pushdesk',
  isOpen: true,
};
export const shopWorkspace: Workspace = {
  id: '5b1c3a0e-3f62-4f0e-8a44-5d1f0a3c9f10',
  kind: 'server',
  name: 'push.example.org',
  place: 'https://push.example.org',
  isOpen: true,
};

type Answer = (input: unknown) => unknown;

/** The app around a window, as a test says: its view, and what it answers by the name of the procedure. */
export function fakeWorkspaces(first: Partial<WorkspacesView> = {}, answers: Record<string, Answer> = {}) {
  const listeners = new Set<() => void>();
  const calls: { name: string; input: unknown }[] = [];
  let view: WorkspacesView = {
    current: homeWorkspace,
    known: [homeWorkspace, shopWorkspace],
    line: { state: 'here' },
    asked: 0,
    ...first,
  };
  const link: ClientLink<object> = {
    call: (path, input) =>
      new Promise((resolve) => {
        const name = path.join('.');
        calls.push({ name, input });
        resolve(answers[name]?.(input));
      }),
  };
  const client = createORPCClient<WorkspacesClient>(link);
  const connection: WorkspacesConnection = {
    view: () => view,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    client: () => client,
  };
  return {
    connection,
    calls,
    show(next: Partial<WorkspacesView>) {
      view = { ...view, ...next };
      for (const listener of listeners) listener();
    },
  };
}

/** A refusal, as the app gives it. */
export function refuseWith(problem: Problem): never {
  throw new ORPCError('CONFLICT', { defined: true, data: problem });
}
