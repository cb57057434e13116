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

/**
 * A browser does not distinguish a call that was not allowed from one that got no answer; loading files does. A Pushdesk lets any page load
 * its kit, and none its health. What a proxy answers while there is no Pushdesk behind it, such as a 502, any page may load.
 */
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
  const isThere =
    (await mayLoad(`${engine}kit/pushdesk.js`, send)) && !(await mayLoad(`${engine}healthz`, send));
  return isThere
    ? new KitProblem('site-not-allowed', location.origin)
    : new KitProblem('engine-unreachable', engine);
}

async function mayLoad(file: string, send: typeof fetch): Promise<boolean> {
  try {
    await send(file, {
      method: 'HEAD',
      mode: 'no-cors',
      cache: 'no-store',
      signal: AbortSignal.timeout(5_000),
    });
    return true;
  } catch {
    return false;
  }
}
