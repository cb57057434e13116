import { expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempStore } from '../../testing/temp-store.ts';
import { registerDevices } from './register-devices.ts';
import type { DeviceRow } from './worker-messages.ts';

const BATCHES = 8;
const publicKey = `B${'a'.repeat(86)}`;

async function* batches(): AsyncGenerator<DeviceRow[], void, undefined> {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    yield await Promise.resolve(
      [0, 1].map((index) => ({
        endpoint: `https://127.0.0.1:1/wpush/v2/${batch}-${index}`,
        pushService: index === 0 ? 'fcm' : 'apple',
        p256dh: 'p'.repeat(87),
        auth: 'a'.repeat(22),
      })),
    );
  }
}

function setting() {
  const { db } = tempStore();
  const progress: number[] = [];
  const stop = new AbortController();
  const register = (onProgress = (count: number) => void progress.push(count)) =>
    registerDevices({
      db,
      rows: batches(),
      publicKey,
      clock: fakeClock(),
      onProgress,
      signal: stop.signal,
    });
  const rows = () =>
    db.read<object, { push_service: string; public_key: string }>('SELECT * FROM subscriptions').all({});
  return { progress, stop, register, rows };
}

it('writes each device as an active subscription of its push service', async () => {
  const { register, rows, progress } = setting();
  await register();
  expect(progress).toEqual(Array.from({ length: BATCHES }, (_batch, index) => 2 * (index + 1)));
  expect(rows()).toHaveLength(2 * BATCHES);
  expect(rows().filter((row) => row.push_service === 'apple')).toHaveLength(BATCHES);
  expect(rows().every((row) => row.public_key === publicKey)).toBe(true);
});

it('lets others have their turn after each batch, also where the next one is there already', async () => {
  const { register } = setting();
  let turns = 0;
  let goesOn = true;
  const take = () => {
    turns += 1;
    if (goesOn) setImmediate(take);
  };
  setImmediate(take);
  await register();
  goesOn = false;
  expect(turns).toBeGreaterThanOrEqual(BATCHES - 1);
});

it('writes no more once nobody wants it', async () => {
  const { register, rows, stop } = setting();
  await register((count) => {
    if (count === 4) stop.abort();
  });
  expect(rows()).toHaveLength(4);
});
