import { createHmac, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { ReportReceipts, SubscriptionJson } from '../../electron/contract/http.ts';
import type { ReceiptEvent } from '../../electron/contract/receipts.ts';
import { ownJob, tell } from './child.ts';
import { timesOf, type Times } from './times.ts';

export interface TellerJob {
  /** Of the server on this machine. */
  url: string;
  /** Name of its public address, by which devices come. */
  host: string;
  subscriptionsFile: string;
  /** Id of the message in its payload. */
  message: string;
  /** Receipts, not requests. */
  perSecond: number;
}

export interface TellerRun {
  /** Receipts that the server said it took, by event. */
  taken: Record<ReceiptEvent, number>;
  requests: number;
  /** Requests that were made again, because there was no answer or a refusal. */
  again: number;
  /** Requests that were given up. */
  lost: number;
  seconds: number;
  answerMs: Times;
}

/** As the worker tells them: what was received and shown in one request, the rest when it happens. */
const PASSES: readonly (readonly ReceiptEvent[])[] = [['received', 'shown'], ['clicked'], ['closed']];
const TICK_MS = 10;
/** Beyond that it falls behind, which the rate shows: requests that pile up would measure the pile. */
const MOST_OPEN = 64;
const MOST_TRIES = 5;

const job = ownJob() as TellerJob;
const { port } = new URL(job.url);
const agent = new Agent({ keepAlive: true, maxSockets: MOST_OPEN });
const lines = readFileSync(job.subscriptionsFile, 'utf8').trimEnd().split('\n');
const run = {
  taken: { received: 0, shown: 0, clicked: 0, closed: 0 },
  requests: 0,
  again: 0,
  lost: 0,
};
const answerMs: number[] = [];
let startedAt = 0;
let lastAt = 0;
let told = 0;
let next = 0;
let open = 0;
let isEnding = false;

function reportOf(line: string, events: readonly ReceiptEvent[]): ReportReceipts {
  const { endpoint, keys } = JSON.parse(line) as SubscriptionJson;
  const key = Buffer.from(keys.auth, 'base64url');
  const proof = createHmac('sha256', key).update(`receipt ${job.message}`).digest('base64url');
  return { endpoint, receipts: events.map((event) => ({ id: job.message, proof, event, agoMs: 1000 })) };
}

/** One device tells. `false`: all devices have told everything. */
function tellNext(): boolean {
  const events = PASSES[Math.floor(next / lines.length)];
  const line = lines[next % lines.length];
  if (events === undefined || line === undefined) return false;
  next += 1;
  told += events.length;
  open += 1;
  lastAt = performance.now();
  ask(JSON.stringify(reportOf(line, events)), events, 1);
  return true;
}

function ask(body: string, events: readonly ReceiptEvent[], tries: number): void {
  const askedAt = performance.now();
  run.requests += 1;
  const asking = request({
    agent,
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/api/receipts',
    headers: {
      host: job.host,
      origin: `https://${job.host}`,
      'x-forwarded-proto': 'https',
      // As the proxy in front writes it: each time somebody else.
      'x-forwarded-for': Array.from({ length: 4 }, () => randomInt(1, 224)).join('.'),
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  });
  let isOver = false;
  const end = (isTaken: boolean) => {
    if (isOver) return;
    isOver = true;
    if (isTaken) {
      answerMs.push(performance.now() - askedAt);
      for (const event of events) run.taken[event] += 1;
    } else if (tries < MOST_TRIES) {
      // A device keeps what was not taken, and tells it again.
      run.again += 1;
      ask(body, events, tries + 1);
      return;
    } else run.lost += 1;
    open -= 1;
    endIfDone();
  };
  asking.on('response', (response) => {
    response.on('end', () => {
      end(response.statusCode === 200);
    });
    response.on('error', () => {
      end(false);
    });
    response.resume();
  });
  asking.on('error', () => {
    end(false);
  });
  asking.end(body);
}

function endIfDone(): void {
  if (!isEnding || open > 0) return;
  agent.destroy();
  const seconds = (lastAt - startedAt) / 1000;
  tell({ ...run, seconds, answerMs: timesOf(answerMs) } satisfies TellerRun);
}

// The first message begins, the second asks for the result.
process.once('message', () => {
  startedAt = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) * job.perSecond) / 1000;
    while (told < due && open < MOST_OPEN && tellNext());
  }, TICK_MS);
  process.once('message', () => {
    clearInterval(timer);
    isEnding = true;
    endIfDone();
  });
});
tell({ ready: true });
