import { createHmac, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ReportReceipts, SubscriptionJson } from '../../electron/contract/http.ts';
import type { ReceiptEvent } from '../../electron/contract/receipts.ts';
import { ownJob, tell } from './child.ts';
import { createKeptConnections } from './kept-connections.ts';
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
/** Beyond that it falls behind, which the rate shows: requests that pile up would measure the pile. The server takes 256 connections. */
const MOST_OPEN = 200;
const MOST_TRIES = 5;

const job = ownJob() as TellerJob;
const HEAD = [
  'POST /api/receipts HTTP/1.1',
  `host: ${job.host}`,
  `origin: https://${job.host}`,
  'x-forwarded-proto: https',
  'content-type: application/json',
  '',
].join('\r\n');
const connections = createKeptConnections(Number(new URL(job.url).port));
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
  askUntilTaken(JSON.stringify(reportOf(device, events)), events);
  return true;
}

/** @param tries how often it was asked before: a device keeps what was not taken, and tells it again */
function askUntilTaken(body: string, events: readonly ReceiptEvent[], tries = 0): void {
  const askedAt = performance.now();
  run.requests += 1;
  connections.ask(requestWith(body), (status) => {
    if (status === 200) {
      answerMs.push(performance.now() - askedAt);
      for (const event of events) run.taken[event] += 1;
    } else if (tries + 1 < MOST_TRIES) {
      run.again += 1;
      askUntilTaken(body, events, tries + 1);
      return;
    } else {
      run.lost += 1;
    }
    open -= 1;
    endIfDone();
  });
}

function requestWith(body: string): string {
  // As the proxy in front writes it: somebody else each time.
  const from = Array.from({ length: 4 }, () => randomInt(1, 224)).join('.');
  return `${HEAD}x-forwarded-for: ${from}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

function endIfDone(): void {
  if (!isEnding || open > 0) return;
  connections.close();
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
