import { randomBytes, randomInt } from 'node:crypto';
import { Agent, request, type ClientRequest } from 'node:http';
import { ownJob, tell } from './child.ts';

export interface FloodJob {
  /** Of the server on this machine. */
  url: string;
  /** Name of its public address, through which strangers come. */
  host: string;
  perSecond: number;
}

export interface FloodRun {
  sent: number;
  /** Answers by their status; `cut` for a connection that was closed. */
  answers: Record<string, number>;
  seconds: number;
  /** Processor time of this program: strangers would have taken it elsewhere. */
  cpuMs: number;
}

const TICK_MS = 10;

const job = ownJob() as FloodJob;
const { port } = new URL(job.url);
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const answers: Record<string, number> = {};
const startedAt = performance.now();
let sent = 0;

const count = (what: string) => {
  answers[what] = (answers[what] ?? 0) + 1;
};

/** What strangers send: the page, made-up subscriptions, receipts and phones, and pages that do not exist. */
const KINDS: readonly { method: string; path: string; body?: () => object }[] = [
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/config.json' },
  { method: 'GET', path: '/wp-login.php' },
  { method: 'GET', path: '/api/v1/subscriptions' },
  {
    method: 'POST',
    path: '/api/subscriptions',
    body: () => ({ subscription: { endpoint: `https://push.example/${randomBytes(9).toString('hex')}` } }),
  },
  {
    method: 'POST',
    path: '/api/phone',
    body: () => ({ token: randomBytes(16).toString('base64url'), visit: '0'.repeat(16), findings: {} }),
  },
  {
    method: 'POST',
    path: '/api/receipts',
    body: () => ({
      endpoint: 'https://push.example/a',
      receipts: [
        {
          id: crypto.randomUUID(),
          proof: randomBytes(32).toString('base64url'),
          event: 'shown',
          agoMs: 1,
        },
      ],
    }),
  },
];

function ask(): void {
  const kind = KINDS[sent % KINDS.length] ?? { method: 'GET', path: '/' };
  sent += 1;
  const body = kind.body === undefined ? null : JSON.stringify(kind.body());
  const asking: ClientRequest = request({
    agent,
    host: '127.0.0.1',
    port,
    method: kind.method,
    path: kind.path,
    headers: {
      host: job.host,
      // As the proxy in front writes it: somebody else each time.
      'x-forwarded-for': Array.from({ length: 4 }, () => randomInt(1, 224)).join('.'),
      ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
    },
  });
  asking.on('response', (response) => {
    count(String(response.statusCode));
    response.resume();
  });
  asking.on('error', () => {
    count('cut');
  });
  asking.end(body ?? undefined);
}

const timer = setInterval(() => {
  const due = ((performance.now() - startedAt) * job.perSecond) / 1000;
  while (sent < due) ask();
}, TICK_MS);

// The one message asks for the result.
process.once('message', () => {
  clearInterval(timer);
  const { user, system } = process.cpuUsage();
  const run: FloodRun = {
    sent,
    answers,
    seconds: (performance.now() - startedAt) / 1000,
    cpuMs: (user + system) / 1000,
  };
  agent.destroy();
  tell(run);
});
tell({ ready: true });
