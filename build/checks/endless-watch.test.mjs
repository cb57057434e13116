import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ENDLESS_AFTER, ENDLESS_FILE, watchOver } from './endless-watch.mjs';

const watch = new URL('./endless-watch.mjs', import.meta.url).href;

/** A process with the watch over it, as one that runs tests has it. */
async function watched(program) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-endless-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'endless.jsonl');
  const code = `
    import { Worker } from 'node:worker_threads';
    const watch = new Worker(new URL(${JSON.stringify(watch)}), { execArgv: [] });
    watch.unref();
    setInterval(() => watch.postMessage(''), 50).unref();
    watch.postMessage('some.test.ts > a test of something');
    setTimeout(() => begin(), 200);
    ${program}`;
  const env = { ...process.env, [ENDLESS_FILE]: file, [ENDLESS_AFTER]: '1000' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { env, stdio: 'ignore' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'exit');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  return { signal, texts: lines.map((line) => JSON.parse(line)) };
}

it.each([
  ['a loop', 'function countForEver() { let count = 0; for (;;) count += Math.random(); }', 'countForEver'],
  // Between two of its turns it stands nowhere in the code.
  ['promises', 'async function countForEver() { for (;;) await null; }', '.+'],
  ['a pattern', `function countForEver() { return /^(?:a+)+$/.test('a'.repeat(50) + 'b'); }`, 'countForEver'],
])(
  'ends a process that never gives its thread back, and says where it stood: %s',
  async (_, program, place) => {
    const { signal, texts } = await watched(`${program} function begin() { countForEver(); }`);
    expect(signal).toBe('SIGKILL');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('some.test.ts > a test of something');
    expect(texts[0]).toMatch(new RegExp(`ended here:\n {4}at ${place} ?`));
  },
);

it('leaves a process alone that goes on, and names the last test of one that does not', () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const mainThread = new EventEmitter();
  const end = vi.fn();
  watchOver(mainThread, { limitMs: 10_000, end });
  mainThread.emit('message', 'a.test.ts > one');
  mainThread.emit('message', 'a.test.ts > two');
  for (let second = 0; second < 60; second += 1) {
    vi.advanceTimersByTime(1000);
    mainThread.emit('message', '');
  }
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(end.mock.calls).toEqual([['a.test.ts > two']]);
});
