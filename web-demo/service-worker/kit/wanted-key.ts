import type { AppClient } from '../../shared/app-client.ts';
import { UNREACHABLE } from '../../shared/app-client.ts';
import type { Problem as Told } from '../../shared/problem.ts';
import { KitProblem } from './problems.ts';
import { asKey } from './record.ts';

/**
 * The key that the engine wants.
 *
 * @throws KitProblem
 */
export async function wantedKey(app: AppClient, engine: string, send: typeof fetch): Promise<string> {
  const asked = await app.publicKey();
  if (asked.kind === 'problem') throw await engineProblem(asked.problem, engine, send);
  if (asked.value === null) throw new KitProblem('no-key-pair');
  const key = asKey(asked.value);
  if (key === null) throw new KitProblem('odd-answer', engine);
  return key;
}

/** A browser does not distinguish a call that was not allowed from one that got no answer; loading a file that anybody may load does. */
export async function engineProblem(told: Told, engine: string, send: typeof fetch): Promise<KitProblem> {
  if (told.code === 'odd-answer') return new KitProblem('odd-answer', engine);
  if (told.code !== UNREACHABLE) {
    const cut = (text: string) => text.slice(0, 500);
    return new KitProblem('engine-refused', '', {
      code: cut(told.code),
      cause: cut(told.cause),
      cure: cut(told.cure),
    });
  }
  try {
    await send(`${engine}kit/pushdesk.js`, {
      method: 'HEAD',
      mode: 'no-cors',
      cache: 'no-store',
      signal: AbortSignal.timeout(5_000),
    });
    return new KitProblem('site-not-allowed', location.origin);
  } catch {
    return new KitProblem('engine-unreachable', engine);
  }
}
