import type { Api } from './api.ts';

/** Runs something once, when the engine is there again after it was away or its line was lost. Returns its undo. */
export function whenBack(
  { connection, workspaces }: Pick<Api, 'connection' | 'workspaces'>,
  run: () => void,
) {
  const check = () => {
    if (!connection.isConnected() || workspaces.view()?.line.state === 'lost') return;
    undo();
    run();
  };
  const undos = [connection.listen(check), workspaces.listen(check)];
  const undo = () => {
    for (const each of undos) each();
  };
  return undo;
}
