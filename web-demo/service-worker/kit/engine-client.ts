import type { AppClient } from '../../shared/app-client.ts';
import { createAppClient, UNREACHABLE } from '../../shared/app-client.ts';
import type { Problem } from '../../shared/problem.ts';

const NOBODY: Problem = { code: UNREACHABLE, cause: '', cure: '' };

/**
 * The engine as page and worker of the kit ask it.
 *
 * @param engine its address with a slash at its end; `null`: there is none, so nothing is reported to anybody
 */
export function createEngineClient(engine: string | null, send: typeof fetch): AppClient {
  if (engine === null) {
    const nobody = () => Promise.resolve({ kind: 'problem' as const, problem: NOBODY });
    return { publicKey: nobody, report: nobody, cancel: nobody, tell: () => Promise.resolve(false) };
  }
  return createAppClient((path, request) =>
    send(engine + (path as string), { ...request, credentials: 'omit', redirect: 'error' }),
  );
}
