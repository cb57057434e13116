import { createReadStream } from 'node:fs';
import { Agent } from 'node:https';
import { createInterface } from 'node:readline';
import webPush, { type PushSubscription } from 'web-push';
import { messageSchema } from '../../electron/contract/message.ts';
import { buildPayload, encodePayload } from '../../electron/core/message/payload.ts';
import { ownJob, tell } from './child.ts';
import { MESSAGE } from './message.ts';

export interface WebPushJob {
  subscriptionsFile: string;
  keys: { publicKey: string; privateKey: string };
  messages: number;
  /** 1: as a tutorial does it, without keeping a connection. More: as it is tuned, with a keep-alive agent. */
  inFlight: number;
}

export interface WebPushRun {
  accepted: number;
  totalMs: number;
}

const job = ownJob() as WebPushJob;
const subscriptions = await firstOf(job.subscriptionsFile, job.messages);
const payload = encodePayload(buildPayload(messageSchema.parse(MESSAGE), 'benchmark')).text;
const vapidDetails = { subject: 'mailto:benchmark@example.com', ...job.keys };
const agent = new Agent({ keepAlive: job.inFlight > 1, maxSockets: job.inFlight });

let next = 0;
let accepted = 0;
const sendInTurn = async () => {
  for (let subscription = subscriptions[next++]; subscription; subscription = subscriptions[next++]) {
    const { statusCode } = await webPush.sendNotification(subscription, payload, {
      vapidDetails,
      TTL: MESSAGE.ttlSeconds,
      agent,
    });
    if (statusCode === 201) accepted += 1;
  }
};
const startedAt = performance.now();
await Promise.all(Array.from({ length: job.inFlight }, sendInTurn));
const run: WebPushRun = { accepted, totalMs: performance.now() - startedAt };
agent.destroy();
tell(run);

async function firstOf(file: string, count: number): Promise<PushSubscription[]> {
  const found: PushSubscription[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    found.push(JSON.parse(line) as PushSubscription);
    if (found.length === count) break;
  }
  return found;
}
