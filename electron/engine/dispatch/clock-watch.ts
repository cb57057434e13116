import type { Problem } from '../../contract/problem.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { headerOf } from '../../core/diagnosis/answer.ts';
import { PUSH_SERVICES } from '../../core/push-services/all.ts';
import { measureSkew, namesSkew } from '../../core/diagnosis/clock-skew.ts';
import type { ChangeHub } from '../base/change-hub.ts';
import type { Clock } from '../base/clock.ts';
import type { BatchSender, SendResult } from '../wire/batch-sender.ts';

/** One answer in this time is checked: clocks do not drift within seconds, and millions of dates need not be parsed. */
const LOOK_EVERY_MS = 5000;

/** Compares this computer's clock with those of the push services, using the `Date` header of their answers. */
export interface ClockWatch {
  /** The same sender, with its answers observed. */
  watch(sender: BatchSender): BatchSender;
  /** By how much the clock was last seen to be wrong; `null`: it is right, or nobody has answered yet. */
  problem(): Problem | null;
}

export function createClockWatch({
  clock,
  changes,
}: {
  clock: Clock;
  changes: Pick<ChangeHub, 'publish'>;
}): ClockWatch {
  let lookedAt: number | null = null;
  let current: Problem | null = null;

  const look = (service: PushServiceId, result: SendResult) => {
    if (result.kind !== 'attempted' || result.reply.kind !== 'answer') return;
    const now = clock.now();
    // If the clock has been set since, it is checked at once.
    if (lookedAt !== null && now >= lookedAt && now - lookedAt < LOOK_EVERY_MS) return;
    const skew = measureSkew({
      dateHeader: headerOf(result.reply.answer, 'Date'),
      sentAt: result.startedAt,
      receivedAt: result.startedAt + result.durationMs,
    });
    if (skew === null) return;
    lookedAt = now;
    const next = namesSkew(service, skew);
    if (next?.cause === current?.cause) return;
    current = next;
    changes.publish('app');
  };

  return {
    watch: (sender) => ({
      getReady() {
        sender.getReady();
      },
      send(batch, report, signal) {
        if (!PUSH_SERVICES[batch.pushService].hasTrustedClock) return sender.send(batch, report, signal);
        const { pushService } = batch;
        return sender.send(
          batch,
          (result) => {
            look(pushService, result);
            report(result);
          },
          signal,
        );
      },
      close: () => sender.close(),
    }),
    problem: () => current,
  };
}
