import { assertNever } from '../../core/assert-never.ts';
import { readProxyAnswer } from '../../core/diagnosis/proxy-answer.ts';
import type { Clock } from '../base/clock.ts';
import { ProxyError } from './proxy-error.ts';
import { isLoopback, namesProxy, proxyFor, type ProxyEnvironment } from './proxy-from-env.ts';

/**
 * Finds the proxy for an https origin; `null`: connect directly. Rejects with ProxyError if there is one whose protocol is not supported.
 */
export type FindProxy = (origin: URL) => Promise<URL | null>;

/** Settings change while the app runs, and so do networks. */
const KNOWN_FOR_MS = 60_000;
const MAX_KNOWN = 500;

/** Uses only the environment. */
export const findProxyInEnvironment =
  (env: ProxyEnvironment): FindProxy =>
  (origin) =>
    Promise.resolve().then(() => proxyFor(origin, env));

/**
 * Uses the environment if it says anything about the origin, otherwise the system's settings.
 *
 * @param ask what the system says about an address, in the form of a proxy script; it is given only the origin, never the secret part of an
 *   endpoint
 */
export function createFindProxy({
  env,
  ask,
  clock,
  log,
}: {
  env: ProxyEnvironment;
  ask: (url: string) => Promise<string>;
  clock: Clock;
  log: { warn(text: string): void };
}): FindProxy {
  const known = new Map<string, { answer: Promise<string>; at: number }>();

  const answerFor = (origin: string): Promise<string> => {
    const before = known.get(origin);
    const age = before === undefined ? null : clock.now() - before.at;
    if (before !== undefined && age !== null && age >= 0 && age < KNOWN_FOR_MS) return before.answer;
    const answer = ask(`${origin}/`).catch(() => {
      log.warn('the system did not say which proxy to use; connecting directly');
      return 'DIRECT';
    });
    known.delete(origin);
    known.set(origin, { answer, at: clock.now() });
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    return answer;
  };

  return async (origin) => {
    if (isLoopback(origin.hostname)) return null;
    if (namesProxy(origin, env)) return proxyFor(origin, env);
    const choice = readProxyAnswer(await answerFor(origin.origin));
    switch (choice.kind) {
      case 'direct':
        return null;
      case 'proxy':
        return choice.url;
      case 'unsupported':
        throw new ProxyError(
          'proxy-unsupported',
          `The system’s proxy is a ${choice.scheme} proxy, which Pushdesk does not support.`,
        );
      default:
        return assertNever(choice);
    }
  };
}
