import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { cancelSubscriptionSchema, reportSubscriptionSchema } from '../../contract/http.ts';
import type {
  CancelSubscription,
  PageConfig,
  ReportAnswer,
  ReportSubscription,
} from '../../contract/http.ts';
import { LOOPBACK } from './callers.ts';
import type { GrowthCap } from './growth-cap.ts';
import { readBody } from './json-body.ts';
import type { ReachNonces } from './reach-nonces.ts';
import type { ReceiptIntake } from './receipt-routes.ts';
import type { PageFile, PageFiles } from './page-files.ts';

/** What became of a report. */
export interface Reported {
  /** `in-bin`: nothing was changed. */
  stored: 'new' | 'known' | 'in-bin';
  /** What became of the one that it says it replaces; `unproven`: the secret is not that of the known one, which was left as it is. */
  replaced: 'none' | 'retired' | 'unproven';
  /** How many tags and attributes of its link there was no room for. */
  leftOut: number;
}

/** What the page's API does with subscriptions. Both throw a `Refusal` for what they do not accept. */
export interface SubscriptionIntake {
  report(input: ReportSubscription, admitNew: () => void): Reported;
  cancel(input: CancelSubscription): { known: boolean };
}

/** Where the page's application server key comes from. */
export interface KeyInUse {
  inUse(): { publicKey: string } | null;
}

/** What keeps the engine from storing or sending at the moment. Anyone may read it, so it reveals no more than the kind. */
export type HealthProblem = 'disk-full' | 'store-not-writable' | 'keys-locked';

export interface PublicRoutesOptions {
  files: PageFiles;
  subscriptions: SubscriptionIntake;
  receipts: Pick<ReceiptIntake, 'noteDevice'>;
  keys: KeyInUse;
  /** Asked before a new subscription is stored. */
  growth: Pick<GrowthCap, 'admit'>;
  /** The path of the public address, such as `/push`; empty if it has none. */
  prefix: () => string;
  /** What the engine asks itself through its public address. */
  nonces: ReachNonces;
  /** Empty: all is well. Omitted: nobody checks. */
  health?: (() => HealthProblem[]) | undefined;
  /** Refuses a write if too many came before. */
  limitWrites: preHandlerAsyncHookHandler;
}

const NOTES = new Map([
  ['/', 'Subscribe page'],
  ['/sw.js', 'Service worker'],
  ['/phone.js', 'Subscribe page, opened by a QR code'],
  ['/kit/pushdesk.js', 'The kit on your site'],
  ['/kit/pushdesk-worker.js', 'The kit’s service worker'],
]);

/** For the person's list of requests; the browser learns none of it. */
const REPORT_NOTES: Readonly<Record<Reported['stored'], string>> = {
  new: 'New subscription',
  known: 'Known subscription updated',
  'in-bin': 'This subscription is in the bin and stays there until it is restored',
};

const REPLACED_NOTES: Readonly<Record<Reported['replaced'], string>> = {
  none: '',
  retired: ', in place of an older one',
  unproven: '; the one it claims to replace was kept, because its secret was wrong or missing',
};

/** The routes that the subscribe page and its service worker use. */
export function addPublicRoutes(
  app: FastifyInstance,
  {
    files,
    subscriptions,
    receipts,
    keys,
    growth,
    prefix,
    nonces,
    health = () => [],
    limitWrites,
  }: PublicRoutesOptions,
): void {
  const writes = {
    config: { rateLimit: false as const, crossOrigin: 'call' as const },
    onRequest: limitWrites,
  };

  for (const [path, file] of files) {
    // Other sites load the kit as scripts; the page is only for itself.
    const isKit = path.startsWith('/kit/');
    const config = isKit ? { crossOrigin: 'script' as const } : { isPublic: true as const };
    app.get(path, { config }, (request, reply) => {
      request.note = NOTES.get(path) ?? null;
      if (path === '/sw.js') {
        const below = request.caller?.door === 'public' ? prefix() : '';
        void reply.header('service-worker-allowed', `${below}/`);
      }
      return sendFile(request, reply, file);
    });
  }

  app.get('/config.json', { config: { crossOrigin: 'call' } }, (request): PageConfig => {
    const publicKey = keys.inUse()?.publicKey ?? null;
    request.note = publicKey === null ? 'The page asked for the key; there is no key pair yet' : null;
    return { publicKey };
  });

  app.post('/api/subscriptions', writes, (request): ReportAnswer => {
    const report = readBody(reportSubscriptionSchema, request.body);
    const { stored, replaced, leftOut } = subscriptions.report(report, () => {
      growth.admit(request.caller?.address ?? LOOPBACK);
    });
    const { endpoint, keys: own } = report.subscription;
    if (report.receipts === true) receipts.noteDevice({ endpoint, auth: own.auth });
    request.note = REPORT_NOTES[stored] + REPLACED_NOTES[replaced] + leftOutNote(leftOut);
    return { stored: 'known' };
  });

  app.delete('/api/subscriptions', writes, (request) => {
    const { known } = subscriptions.cancel(readBody(cancelSubscriptionSchema, request.body));
    request.note = known ? 'Subscription cancelled' : 'Cancelled a subscription that is not in the list';
    return { known };
  });

  app.get('/healthz', { config: { isPublic: true } }, (request) => {
    const nonce = new URLSearchParams(request.url.split('?', 2)[1] ?? '').get('check');
    const proof = nonce === null ? null : nonces.answer(nonce, request);
    if (proof === null) return statusOf(health());
    request.note = 'Pushdesk checked its public address';
    return { ...statusOf(health()), proof };
  });

  // It answers, so it is alive; whether it is usable is another question, which proxies and orchestrators learn from a 503.
  app.get('/healthz/ready', { config: { isPublic: true } }, (_request, reply) => {
    const problems = health();
    return reply.code(problems.length === 0 ? 200 : 503).send(statusOf(problems));
  });
}

const statusOf = (problems: HealthProblem[]) =>
  problems.length === 0 ? { status: 'ok' } : { status: 'degraded', problems };

/** Reported to the person: anyone who makes up links could fill the list of tags without end. */
function leftOutNote(count: number): string {
  if (count === 0) return '';
  const what =
    count === 1 ? '1 tag or attribute of its link was' : `${count} tags or attributes of its link were`;
  return `; ${what} left out, because pages have already added as many new ones as they may. Use one yourself to allow it`;
}

function sendFile(request: FastifyRequest, reply: FastifyReply, { body, type, etag }: PageFile) {
  void reply.headers({ 'cache-control': 'no-cache', etag });
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type(type).send(body);
}
