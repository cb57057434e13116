import { describe, expect, it } from 'vitest';
import { manualTime } from '../testing/manual-time.ts';
import { createAlarm } from './alarm.ts';

function rung() {
  const time = manualTime();
  const start = time.clock.now();
  const times: number[] = [];
  const alarm = createAlarm({
    clock: time.clock,
    schedule: time.schedule,
    ring: () => times.push(time.clock.now() - start),
  });
  return { alarm, time, start, times };
}

describe('the alarm of the dispatcher', () => {
  it('rings once, at the earliest time that it was set to', async () => {
    const { alarm, time, start, times } = rung();
    alarm.set(start + 300);
    alarm.set(start + 100);
    alarm.set(start + 200);
    await time.pass(1000);
    expect(times).toEqual([100]);
  });

  it('rings at once for a time that is over, and again when it is set again', async () => {
    const { alarm, time, start, times } = rung();
    alarm.set(start - 5000);
    await time.pass(10);
    alarm.set(start + 50);
    await time.pass(100);
    expect(times).toEqual([0, 50]);
  });

  it('does not ring once it was cleared', async () => {
    const { alarm, time, start, times } = rung();
    alarm.set(start + 50);
    alarm.clear();
    await time.pass(100);
    expect(times).toEqual([]);
  });
});
