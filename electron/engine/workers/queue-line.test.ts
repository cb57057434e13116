import { expect, it } from 'vitest';
import { manualTime } from '../testing/manual-time.ts';
import { createQueueLine } from './queue-line.ts';
import { memoryQueue } from './testing/memory-queue.ts';

function openLine() {
  const time = manualTime();
  const memory = memoryQueue(time.clock);
  const lost: unknown[] = [];
  const repeated: boolean[] = [];
  const line = createQueueLine({
    open: () => memory.openForCoordinator(),
    onOpen: () => Promise.resolve(),
    onReady: () => undefined,
    onLost(error, isRepeated) {
      lost.push(error);
      repeated.push(isRepeated);
    },
    schedule: time.schedule,
  });
  line.start();
  return { time, memory, lost, repeated, line };
}

it('keeps the cause, and comes back, when work that was under way wants more or fails as well', async () => {
  const { time, lost, line } = openLine();
  await time.pass(10);
  const full = new Error('the disk is full');
  let goOn: () => void = () => undefined;
  const isGoingOn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let again = 0;
  line.later('slow', 0, async () => {
    await isGoingOn;
    line.later('slow', 0, () => {
      again += 1;
      return Promise.resolve();
    });
    throw new Error('something vaguer');
  });
  await time.pass(10);
  line.later('failing', 0, () => Promise.reject(full));
  await time.pass(10);
  goOn();
  await time.pass(500);
  expect([line.trouble(), lost, again]).toEqual([full, [full], 0]);
  await time.pass(1000);
  expect(line.trouble()).toBeNull();
});

it('looks for a lost database until it is there', async () => {
  const { time, memory, lost, line } = openLine();
  memory.isDown = true;
  await time.pass(5000);
  expect(lost.length).toBeGreaterThan(2);
  expect(line.trouble()).toEqual(new Error('connection refused'));
  memory.isDown = false;
  await time.pass(2000);
  expect([line.trouble(), line.queue() === null]).toEqual([null, false]);
});

it('tells a trouble that goes on from a new one, and from the same after it was over', async () => {
  const { time, memory, repeated, line } = openLine();
  memory.isDown = true;
  await time.pass(3500);
  expect(repeated).toEqual([false, true, true, true]);
  memory.isDown = false;
  await time.pass(2000);
  memory.isDown = true;
  line.later('failing', 0, () => Promise.reject(new Error('connection refused')));
  await time.pass(1500);
  expect(repeated.slice(4)).toEqual([false, true]);
});

it('keeps to the time that was planned first where that is wanted, and plans anew once it has come', async () => {
  const { time, line } = openLine();
  await time.pass(10);
  let done = 0;
  const work = () => {
    done += 1;
    return Promise.resolve();
  };
  line.laterUnlessPlanned('forget', 100, work);
  await time.pass(60);
  line.laterUnlessPlanned('forget', 100, work);
  await time.pass(50);
  expect(done).toBe(1);
  line.laterUnlessPlanned('forget', 100, work);
  await time.pass(110);
  expect(done).toBe(2);
});
