import { createHmac, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import type { ReportReceipts, SubscriptionJson } from '../../electron/contract/http.ts';
import type { ReceiptEvent } from '../../electron/contract/receipts.ts';
import { ownJob, tell } from './child.ts';
import { timesOf, type Times } from './times.ts';

export interface TellerJob {
  /** Of the server on this machine. */
  url: string;
  /** Name of its public address, through which devices come. */
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
  /** Requests that were made again, because there was no answer, or a refusal. */
  again: number;
  /** Requests that were given up. */
  lost: number;
  seconds: number;
  answerMs: Times;
}

/** As the worker sends them: what was received and shown in one request, the rest when it happens. */
const PASSES: readonly (readonly ReceiptEvent[])[] = [['received', 'shown'], ['clicked'], ['closed']];
const TICK_MS = 10;
/** Beyond that it falls behind, which the rate shows: requests that pile up would measure the pile. */
const MOST_OPEN = 64;
const MOST_TRIES = 5;

const job = ownJob() as TellerJob;
const pool = new Pool(new URL(job.url).origin, { connections: MOST_OPEN });
/** Proved beforehand: devices do it at home, and here it would take the server's processor. */
const devices = readFileSync(job.subscriptionsFile, 'utf8').trimEnd().split('\n').map(toDevice);
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

interface Device {
  endpoint: string;
  proof: string;
}

function toDevice(line: string): Device {
  const { endpoint, keys } = JSON.parse(line) as SubscriptionJson;
  const key = Buffer.from(keys.auth, 'base64url');
  const proof = createHmac('sha256', key).update(`receipt ${job.message}`).digest('base64url');
  return { endpoint, proof };
}

function reportOf({ endpoint, proof }: Device, events: readonly ReceiptEvent[]): ReportReceipts {
  return { endpoint, receipts: events.map((event) => ({ id: job.message, proof, event, agoMs: 1000 })) };
}

/** One device tells. `false`: all devices have told everything. */
function tellNext(): boolean {
  const events = PASSES[Math.floor(next / devices.length)];
  const device = devices[next % devices.length];
  if (events === undefined || device === undefined) return false;
  next += 1;
  told += events.length;
  open += 1;
  lastAt = performance.now();
  void askUntilTaken(JSON.stringify(reportOf(device, events)), events);
  return true;
}

async function askUntilTaken(body: string, events: readonly ReceiptEvent[]): Promise<void> {
  let isTaken = false;
  // A device keeps what was not taken, and tells it again.
  for (let tries = 1; !isTaken && tries <= MOST_TRIES; tries += 1) {
    if (tries > 1) run.again += 1;
    isTaken = await ask(body);
  }
  if (isTaken) for (const event of events) run.taken[event] += 1;
  else run.lost += 1;
  open -= 1;
  endIfDone();
}

async function ask(body: string): Promise<boolean> {
  const askedAt = performance.now();
  run.requests += 1;
  try {
    const answer = await pool.request({
      method: 'POST',
      path: '/api/receipts',
      headers: {
        host: job.host,
        origin: `https://${job.host}`,
        'x-forwarded-proto': 'https',
        // As the proxy in front writes it: somebody else each time.
        'x-forwarded-for': Array.from({ length: 4 }, () => randomInt(1, 224)).join('.'),
        'content-type': 'application/json',
      },
      body,
    });
    await answer.body.dump();
    if (answer.statusCode !== 200) return false;
    answerMs.push(performance.now() - askedAt);
    return true;
  } catch {
    return false;
  }
}

function endIfDone(): void {
  if (!isEnding || open > 0) return;
  void pool.destroy();
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
