import { expect, it } from 'vitest';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { runWorker } from './worker.ts';

it('says and logs once that the database cannot be reached, however long it looks for it', async () => {
  const stop = new AbortController();
  const said: string[] = [];
  const captured = capturedLog();
  let tries = 0;
  const refusal = await runWorker({
    open() {
      tries += 1;
      if (tries === 20) stop.abort();
      return Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    },
    sender: { getReady: () => undefined, send: () => Promise.resolve(), close: () => Promise.resolve() },
    name: 'one',
    machine: 'vm',
    version: '1.2.3',
    capacity: 100,
    wait: () => Promise.resolve(),
    stop: stop.signal,
    say: (line) => said.push(line),
    clock: fakeClock(),
    log: captured.log,
  });
  expect([refusal, tries]).toEqual([null, 20]);
  expect(said).toEqual([expect.stringMatching(/nothing answers there.*tried again every second/)]);
  expect(captured.lines()).toMatchObject([
    { msg: 'the database cannot be used', error: 'connect ECONNREFUSED' },
  ]);
});
