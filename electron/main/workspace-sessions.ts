import { session, type Session } from 'electron';
import { HOME_WORKSPACE } from '../contract/workspaces.ts';
import { serveAppScheme } from './app-scheme.ts';
import type { ShownProblem } from './problem-page.ts';
import { cutOffNetwork, denyPermissions } from './security.ts';

/** Where a window's page lives: what it remembers is kept apart from that of every other workspace. */
export interface WorkspaceSession {
  readonly session: Session;
  /** What is on the page that names a problem; `null`: there is none. */
  show(problem: ShownProblem | null): void;
}

/**
 * Gives each workspace a session without a network. Made once for each, because a session lives as long as the app.
 *
 * @param options `withDevTools`: the developer tools load their own pages
 */
export function createWorkspaceSessions(options: { rendererDir: string; withDevTools: boolean }) {
  const made = new Map<string, WorkspaceSession>();
  return (id: string): WorkspaceSession => {
    const known = made.get(id);
    if (known !== undefined) return known;
    let shown: ShownProblem | null = null;
    const own =
      id === HOME_WORKSPACE ? session.defaultSession : session.fromPartition(`persist:workspace-${id}`);
    denyPermissions(own);
    void cutOffNetwork(own, { withDevTools: options.withDevTools });
    serveAppScheme(own, { rendererDir: options.rendererDir, problem: () => shown });
    const fresh = {
      session: own,
      show(problem: ShownProblem | null) {
        shown = problem;
      },
    };
    made.set(id, fresh);
    return fresh;
  };
}
