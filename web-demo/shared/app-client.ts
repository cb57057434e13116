import type {
  CancelSubscription,
  ReportAnswer,
  ReportReceipts,
  ReportSubscription,
} from '../../electron/contract/http.ts';
import { isObject } from './is-object.ts';
import type { Problem, Result } from './problem.ts';

/** The app's side of the page: its API, which the page and its service worker both call. */
export interface AppClient {
  /** The application server key in use, or `null` while the app has no key pair. */
  publicKey(): Promise<Result<string | null>>;
  report(report: ReportSubscription): Promise<Result<ReportAnswer['stored']>>;
  /** Whether the app knew the subscription. */
  cancel(cancel: CancelSubscription): Promise<Result<boolean>>;
  /** Whether receipts need not be told again: they were taken, or never will be. */
  tell(report: ReportReceipts): Promise<boolean>;
}

/** The code of the problem that goes away by itself once the app runs again. */
export const UNREACHABLE = 'app-unreachable';

/**
 * Whether the same may be told again after a problem with that code: something in front of the app answers in its place, or the app is
 * busy.
 */
export const passes = (code: string): boolean => /unreachable|odd-|-many-/.test(code);

const TIMEOUT_MS = 8_000;

const unreachable: Problem = {
  code: UNREACHABLE,
  cause: 'Pushdesk is not responding. It may be closed, or its server stopped.',
  cure: 'Start Pushdesk and its server, then try again.',
};

const odd: Problem = {
  code: 'odd-answer',
  cause: 'The answer did not come from Pushdesk. Another program may be using its address.',
  cure: 'In Pushdesk, open Server and press Open subscribe page.',
};

const failed = (problem: Problem) => ({ kind: 'problem', problem }) as const;

export function createAppClient(send: typeof fetch): AppClient {
  const ask = async <Value>(
    path: string,
    request: RequestInit,
    read: (answer: Record<string, unknown>) => Value | undefined,
  ): Promise<Result<Value>> => {
    let status: number;
    let answer: unknown;
    try {
      const response = await send(path, {
        ...request,
        cache: 'no-store',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      status = response.status;
      answer = await response.json().catch(() => null);
    } catch {
      return failed(unreachable);
    }
    if (!isObject(answer)) return failed(odd);
    if (status >= 400) return failed(readProblem(answer['error']));
    const value = read(answer);
    return value === undefined ? failed(odd) : { kind: 'done', value };
  };

  const write = (method: string, body: object): RequestInit => ({
    method,
    // Lets the request outlive the page or the worker that made it.
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

  return {
    publicKey: () =>
      ask('config.json', {}, ({ publicKey }) =>
        publicKey === null || typeof publicKey === 'string' ? publicKey : undefined,
      ),
    report: (report) =>
      ask('api/subscriptions', write('POST', report), ({ stored }) =>
        // An earlier version of the app also says "new".
        stored === 'new' || stored === 'known' ? 'known' : undefined,
      ),
    async tell(report) {
      const result = await ask('api/receipts', write('POST', report), ({ taken }) =>
        typeof taken === 'number' ? true : undefined,
      );
      return result.kind === 'done' || result.problem.code === 'bad-input';
    },
    cancel: (cancel) =>
      ask('api/subscriptions', write('DELETE', cancel), ({ known }) =>
        typeof known === 'boolean' ? known : undefined,
      ),
  };
}

function readProblem(value: unknown): Problem {
  if (!isObject(value)) return odd;
  const { code, cause, cure } = value;
  return typeof code === 'string' && typeof cause === 'string' && typeof cure === 'string'
    ? { code, cause, cure }
    : odd;
}
