import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goTo, heading } from './support/person.ts';
import { ROOT, launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

/**
 * The real engine behind a tripwire: once it has said that it is ready it crashes whenever something new appears in the folder. A file
 * beside that folder has one letter for each time that the wire was set.
 */
const TRIPWIRE = `
import { appendFileSync, watch } from 'node:fs';
import { parentPort } from 'node:worker_threads';
const say = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (message, ...rest) => {
  say(message, ...rest);
  if (message.type !== 'ready') return;
  watch(process.env.TRIP_FOLDER, () => {
    throw new Error('somebody tripped over the wire');
  });
  appendFileSync(process.env.TRIP_FOLDER + '.stretched', 'x');
};
await import('./real-worker.mjs');
`;

let temp: ReturnType<typeof makeTempFolder>;
let trips: string;
let pushdesk: Pushdesk;

beforeEach(async () => {
  temp = makeTempFolder();
  trips = path.join(temp.folder, 'trips');
  mkdirSync(trips);
  const copy = path.join(temp.folder, 'app');
  cpSync(path.join(ROOT, 'out'), path.join(copy, 'out'), { recursive: true });
  cpSync(path.join(ROOT, 'package.json'), path.join(copy, 'package.json'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  const engine = path.join(copy, 'out', 'engine');
  renameSync(path.join(engine, 'worker.mjs'), path.join(engine, 'real-worker.mjs'));
  writeFileSync(path.join(engine, 'worker.mjs'), TRIPWIRE);
  pushdesk = await launchPushdesk({
    dataDir: path.join(temp.folder, 'data'),
    args: [copy],
    env: { TRIP_FOLDER: trips },
  });
  await pushdesk.ready();
  await pushdesk.app.evaluate(({ dialog }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shownMessages: shown });
    dialog.showMessageBox = (...args: unknown[]) => {
      shown.push((args.at(-1) as Electron.MessageBoxOptions).detail ?? '');
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
  });
});
afterEach(async () => {
  await pushdesk.quit();
  temp.remove();
});

/** One event each time: a second one could meet the engine that was started after the first. */
const trip = () => {
  mkdirSync(path.join(trips, randomUUID()));
};
const messages = () =>
  pushdesk.app.evaluate(() => (globalThis as unknown as { shownMessages: string[] }).shownMessages);

const timesReady = () => readFileSync(`${trips}.stretched`, 'utf8').length;

describe('an engine that falls', () => {
  it('is started again, and the window works on', async () => {
    await goTo(pushdesk.window, 'Server');
    trip();
    await expect.poll(messages).toHaveLength(1);
    expect((await messages())[0]).toContain('somebody tripped over the wire');
    await goTo(pushdesk.window, 'Keys');
    await pushdesk.window.getByText('No keys yet').waitFor();
  });

  it('is given up when it falls again and again, and the window says so', async () => {
    for (const fallen of [1, 2, 3]) {
      trip();
      await expect.poll(messages).toHaveLength(fallen);
      await expect.poll(timesReady).toBe(fallen + 1);
    }
    trip();
    await expect.poll(() => heading(pushdesk.window)).toBe('Pushdesk had to stop');
    expect(await pushdesk.window.locator('main').innerText()).toContain('somebody tripped over the wire');
    await pushdesk.window.getByRole('link', { name: 'Try again' }).click();
    await expect.poll(() => heading(pushdesk.window)).toBe('Overview');
  });
});

/**
 * Eleven of them once brought the engine down, the fourth for good. The window's own calls have low numbers; these must not be mistaken for
 * one.
 */
const FRAMES = [
  'x',
  '{',
  '',
  'null',
  '[]',
  '7',
  '{}',
  '{"i":"999999","p":{"u":"http://["}}',
  '{"i":"999999","p":{"u":"/app/info","h":{"content-type":"multipart/form-data"}}}',
  '{"i":"999999","t":3,"p":{"e":"message"}}',
  '{"i":"999999","t":4}',
  '{"i":"999999","p":{"u":"/no/such"}}',
  '{"__proto__":{"i":"999999"}}',
  `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  'two bytes',
];

interface Ports {
  readonly ports: MessagePort[];
}

describe('a page that sends what is not understood', () => {
  it('loses its port and is given another one, and the engine lives on', async () => {
    const { window } = pushdesk;
    await window.addInitScript(() => {
      const ports: MessagePort[] = [];
      Object.assign(globalThis, { ports });
      addEventListener('message', (event) => {
        // The first one leads to the engine.
        ports.push(...event.ports.slice(0, 1));
      });
    });
    await window.reload();
    const count = () => window.evaluate(() => (globalThis as unknown as Ports).ports.length);
    await expect.poll(count).toBe(1);
    for (const frame of FRAMES) {
      const before = await count();
      await window.evaluate((text) => {
        const port = (globalThis as unknown as Ports).ports.at(-1);
        port?.postMessage(text === 'two bytes' ? new Uint8Array([1, 2]) : text);
      }, frame);
      // An abort of no call, a path that leads nowhere and a header that nobody reads are no reason to hang up.
      const stays = frame.includes('"t":4') || frame.includes('/no/such') || frame.includes('multipart');
      if (!stays) await expect.poll(count).toBe(before + 1);
    }
    await goTo(window, 'Keys');
    await window.getByText('No keys yet').waitFor();
    expect(timesReady()).toBe(1);
    expect(await messages()).toEqual([]);
  });
});
