import { LOOPBACK_PROXIES } from '../../../contract/public-address.ts';
import type { PhoneIntake } from '../phone-routes.ts';
import type { ReceiptIntake } from '../receipt-routes.ts';
import type { CancelSubscription, ReportSubscription } from '../../../contract/http.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createHttpApp } from '../http-app.ts';
import type { HttpAppOptions } from '../http-app.ts';
import type { PageFiles } from '../page-files.ts';
import type { KeyInUse, SubscriptionIntake } from '../public-routes.ts';
import { createReachNonces } from '../reach-nonces.ts';
import type { Reach } from '../reach.ts';
import type { Served } from '../request-log.ts';

export const PORT = 4830;
export const OWN = { host: `localhost:${PORT}`, origin: `http://localhost:${PORT}` };

/** Real curve points: the keys of RFC 8291 appendix A. */
export const PUBLIC_KEY =
  'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';
export const SUBSCRIPTION = {
  endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/abc',
  expirationTime: null,
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
};
export const REPORT = { subscription: SUBSCRIPTION, publicKey: PUBLIC_KEY };

const file = (text: string, type: string) => ({ body: Buffer.from(text), type, etag: `"${text.length}"` });

export const PAGE: PageFiles = new Map([
  ['/', file('<!doctype html>', 'text/html; charset=utf-8')],
  ['/sw.js', file('// worker', 'text/javascript; charset=utf-8')],
  ['/page.js', file('// page', 'text/javascript; charset=utf-8')],
]);

/** An intake that only remembers what it was given. */
export function rememberingIntake() {
  const reports: ReportSubscription[] = [];
  const cancels: CancelSubscription[] = [];
  const intake: SubscriptionIntake = {
    report(input) {
      const known = reports.some((earlier) => earlier.subscription.endpoint === input.subscription.endpoint);
      reports.push(input);
      return { stored: known ? 'known' : 'new', replaced: 'none', leftOut: 0 };
    },
    cancel(input) {
      cancels.push(input);
      return { known: reports.some((report) => report.subscription.endpoint === input.endpoint) };
    },
  };
  return { intake, reports, cancels };
}

/** Listening, and otherwise as it is before anybody configures anything. */
export const HERE: Reach = {
  port: PORT,
  publicAddress: null,
  sites: [],
  trustedProxies: LOOPBACK_PROXIES,
  publicApi: false,
  remoteWorkspace: false,
};

/** Accepts receipts and keeps none. */
export const deafIntake: ReceiptIntake = {
  take: ({ receipts }) => Promise.resolve({ taken: receipts.length }),
  noteDevice: () => undefined,
};

/** Nobody checks. */
export const noPhones: PhoneIntake = { take: () => ({ watching: false }) };

/** The server's routes over plain objects, giving access to what it served and logged. */
export async function makeApp(
  options: Partial<
    Pick<
      HttpAppOptions,
      | 'limits'
      | 'subscriptions'
      | 'receipts'
      | 'phones'
      | 'keys'
      | 'growth'
      | 'nonces'
      | 'health'
      | 'localApi'
      | 'hasScreens'
    >
  > & { reach?: () => Partial<Reach> } = {},
) {
  const { reach = () => ({}), ...others } = options;
  const served: Served[] = [];
  const captured = capturedLog();
  const { intake, reports, cancels } = rememberingIntake();
  const keys: KeyInUse = { inUse: () => ({ publicKey: PUBLIC_KEY }) };
  const app = await createHttpApp({
    files: PAGE,
    subscriptions: intake,
    receipts: deafIntake,
    phones: noPhones,
    keys,
    growth: { admit: () => undefined },
    nonces: createReachNonces(),
    reach: () => ({ ...HERE, ...reach() }),
    clock: fakeClock(),
    log: captured.log,
    hasScreens: true,
    localApi: null,
    onServed: (request) => served.push(request),
    limits: { all: 100_000, links: 100_000, writes: 100_000, receipts: 100_000, phones: 100_000 },
    ...others,
  });
  return { app, served, captured, reports, cancels };
}
