import type {
  CancelSubscription,
  ReportReceipts,
  ReportSubscription,
  SubscriptionJson,
} from '../../electron/contract/http.ts';
import type { AppClient } from '../shared/app-client.ts';
import { UNREACHABLE } from '../shared/app-client.ts';
import { decodeBase64Url } from '../shared/base64url.ts';
import type { Memory, Remembered } from '../shared/memory.ts';
import type { Problem, Result } from '../shared/problem.ts';
import { identityOf } from '../shared/subscription.ts';

/** Two keys of the right shape. */
export const KEY_A = `B${'A'.repeat(86)}`;
export const KEY_B = `B${'B'.repeat(85)}A`;

export const CLOSED: Problem = { code: UNREACHABLE, cause: 'It is closed.', cure: 'Start it.' };
export const REFUSED: Problem = { code: 'private-endpoint', cause: 'It is private.', cure: 'Allow it.' };

/** An app that remembers what it was told; `key` and `problem` are what it answers with. */
export function fakeApp({ key = KEY_A }: { key?: string | null } = {}) {
  const app = {
    key,
    problem: null as Problem | null,
    /** Answers only reports with a problem. */
    reportProblem: null as Problem | null,
    reports: [] as ReportSubscription[],
    cancels: [] as CancelSubscription[],
    receipts: [] as ReportReceipts[],
  };
  const answer = <Value>(value: () => Value, problem = app.problem): Promise<Result<Value>> =>
    Promise.resolve(problem === null ? { kind: 'done', value: value() } : { kind: 'problem', problem });
  const client: AppClient = {
    publicKey: () => answer(() => app.key),
    report: (report) =>
      answer(() => {
        app.reports.push(report);
        return 'known';
      }, app.problem ?? app.reportProblem),
    tell: (report) => {
      app.receipts.push(report);
      return Promise.resolve(true);
    },
    cancel: (cancel) =>
      answer(() => {
        app.cancels.push(cancel);
        return true;
      }),
  };
  return Object.assign(app, { client });
}

export function fakeMemory(held: Remembered | null = null) {
  const memory = { held };
  const methods: Memory = {
    read: () => Promise.resolve(memory.held),
    write: (remembered) => {
      memory.held = remembered;
      return Promise.resolve();
    },
    clear: () => {
      memory.held = null;
      return Promise.resolve();
    },
  };
  return Object.assign(memory, methods);
}

export const json = (name: string): SubscriptionJson => ({
  endpoint: `https://push.example/${name}`,
  expirationTime: null,
  keys: { p256dh: `p256dh of ${name}`, auth: `auth of ${name}` },
});

export const ownOf = (name: string) => identityOf(json(name));

/** The parts of a `PushSubscription` that this code looks at. */
export function fakePushSubscription(name: string, key: string | null = KEY_A): PushSubscription {
  const { endpoint, keys } = json(name);
  return {
    endpoint,
    expirationTime: null,
    options: {
      userVisibleOnly: true,
      applicationServerKey: key === null ? null : decodeBase64Url(key).buffer,
    },
    getKey: () => null,
    toJSON: () => ({ endpoint, expirationTime: null, keys: { ...keys } }),
    unsubscribe: () => Promise.resolve(true),
  };
}
