import { describe, expect, it } from 'vitest';
import type { PushServiceId } from '../../contract/push-service.ts';
import { answer, fault } from '../testing/scripted-sender.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import type { BatchSender, SendBatch, SendResult } from '../wire/batch-sender.ts';
import { createClockWatch } from './clock-watch.ts';
import type { Reply } from '../wire/transport/reply.ts';

const HOUR = 3_600_000;

function watched() {
  const clock = fakeClock();
  const published: string[] = [];
  const watch = createClockWatch({ clock, changes: { publish: (...topics) => published.push(...topics) } });
  const sendOnce = async (reply: Reply, pushService: PushServiceId = 'fcm') => {
    const result: SendResult = {
      kind: 'attempted',
      deliveryId: 1 as never,
      request: { url: 'https://fcm.googleapis.com/x', headers: [], bodyBytes: 200 },
      startedAt: clock.now(),
      durationMs: 50,
      reply,
    };
    const sender: BatchSender = {
      getReady: () => undefined,
      send(_batch, report) {
        report(result);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
    const reported: SendResult[] = [];
    const batch = { pushService } as SendBatch;
    await watch.watch(sender).send(batch, (one) => reported.push(one), new AbortController().signal);
    expect(reported).toEqual([result]);
    return watch.problem();
  };
  const dated = (aheadMs: number) =>
    answer(201, '', [['date', new Date(clock.now() + aheadMs).toUTCString()]]);
  return { clock, published, sendOnce, dated };
}

describe('the clock of this computer', () => {
  it('is right while it agrees with the push services, up to five minutes', async () => {
    const { sendOnce, dated, published, clock } = watched();
    expect(await sendOnce(dated(0))).toBeNull();
    clock.advance(10_000);
    expect(await sendOnce(dated(4 * 60_000))).toBeNull();
    expect(published).toEqual([]);
  });

  it('is named as behind or ahead, by how much and of whom, and told once', async () => {
    const { sendOnce, dated, published, clock } = watched();
    const behind = await sendOnce(dated(3 * HOUR));
    expect(behind?.cause).toBe('The clock of this computer is about 3 hours behind that of Google (FCM).');
    clock.advance(10_000);
    await sendOnce(dated(3 * HOUR));
    expect(published).toEqual(['app']);
    clock.advance(10_000);
    expect((await sendOnce(dated(-2 * 24 * HOUR), 'apple'))?.cause).toMatch(
      /about 2 days ahead of that of Apple/,
    );
  });

  it('is right again as soon as it was set', async () => {
    const { sendOnce, dated, published, clock } = watched();
    await sendOnce(dated(-3 * HOUR));
    clock.advance(-3 * HOUR);
    expect(await sendOnce(dated(0))).toBeNull();
    expect(published).toEqual(['app', 'app']);
  });

  it('is looked at now and then, not at each of a million answers', async () => {
    const { sendOnce, dated, clock } = watched();
    await sendOnce(dated(0));
    expect(await sendOnce(dated(3 * HOUR))).toBeNull();
    clock.advance(5000);
    expect(await sendOnce(dated(3 * HOUR))).not.toBeNull();
  });

  it('is not judged by a service that people host themselves', async () => {
    const { sendOnce, dated } = watched();
    expect(await sendOnce(dated(3 * HOUR), 'other')).toBeNull();
  });

  it('is not judged by what has no date', async () => {
    const { sendOnce } = watched();
    expect(await sendOnce(fault('timeout'))).toBeNull();
    expect(await sendOnce(answer(201))).toBeNull();
    expect(await sendOnce(answer(201, '', [['date', 'yesterday']]))).toBeNull();
  });
});
