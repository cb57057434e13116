import type { ConnectionFault } from '../../core/diagnosis/answer.ts';
import {
  PART_SIZE,
  type LocalBatchSender,
  type MayGo,
  type SendBatch,
  type SendJob,
  type SendResult,
} from '../wire/batch-sender.ts';
import type { Reply } from '../wire/transport/reply.ts';
import type { Clock } from '../base/clock.ts';

/** What the scripted push service does with a message; `hold` keeps it on the wire until it is released. */
export type Script = (job: SendJob, batch: SendBatch) => Reply | 'hold';

export interface ScriptedSender {
  sender: LocalBatchSender;
  /** Every message that went out, in order. */
  sent: { endpoint: string; ttlSeconds: number; batch: SendBatch }[];
  /** Answers held messages, oldest first and at most `most`, and returns how many that was. */
  letGo(reply: Reply, most?: number): number;
  /** Sets what it does from now on. */
  script: Script;
}

export function answer(status: number, body = '', headers: [string, string][] = []): Reply {
  return { kind: 'answer', answer: { status, headers, body }, cutOff: null };
}

/** @param mayHaveLeft whether the request may have gone out; the default is what is usual for that fault */
export function fault(
  kind: ConnectionFault,
  mayHaveLeft = kind === 'timeout' || kind === 'reset' || kind === 'answer-too-large',
): Reply {
  return { kind: 'fault', fault: kind, detail: kind, mayHaveLeft };
}

/** A sender without a network, for testing what surrounds it. */
export function scriptedSender(clock: Clock, script: Script = () => answer(201)): ScriptedSender {
  const held = new Set<(reply: Reply) => void>();

  const attempted = (job: SendJob, reply: Reply): SendResult => ({
    kind: 'attempted',
    deliveryId: job.deliveryId,
    request: { url: job.endpoint, headers: [['TTL', String(job.ttlSeconds)]], bodyBytes: 200 },
    startedAt: clock.now(),
    durationMs: 5,
    reply,
  });

  const self: ScriptedSender = {
    script,
    sent: [],
    letGo(reply, most = held.size) {
      const some = [...held].slice(0, most);
      for (const settle of some) {
        held.delete(settle);
        settle(reply);
      }
      return some.length;
    },
    sender: {
      getReady: () => undefined,
      async send(batch, report, signal, mayGo) {
        await Promise.resolve();
        const asked = new Map<number, Promise<boolean>>();
        const askFor = (part: number, ask: MayGo) => {
          const answered = asked.get(part) ?? ask(part);
          asked.set(part, answered);
          return answered;
        };
        const replies = batch.jobs.map(async (job, at) => {
          const mayIt = mayGo === undefined || (await askFor(Math.floor(at / PART_SIZE), mayGo));
          if (signal.aborted || !mayIt) {
            report({ kind: 'not-sent', deliveryId: job.deliveryId });
            return;
          }
          self.sent.push({ endpoint: job.endpoint, ttlSeconds: job.ttlSeconds, batch });
          const scripted = self.script(job, batch);
          const reply =
            scripted === 'hold' ? await new Promise<Reply>((resolve) => held.add(resolve)) : scripted;
          report(attempted(job, reply));
        });
        await Promise.all(replies);
      },
      close: () => Promise.resolve(),
    },
  };
  return self;
}
