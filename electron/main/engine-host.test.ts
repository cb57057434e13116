import { Worker, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { Problem } from '../contract/problem.ts';
import { createCrashLimit } from './crash-limit.ts';
import { createEngineHost, type EngineHost } from './engine-host.ts';

/** A real thread that speaks the engine's protocol and does what the test says. */
const ENGINE = `
  const { parentPort, workerData } = require('node:worker_threads');
  parentPort.addEventListener('message', ({ data: message, ports }) => {
    if (message.type === 'host') {
      if (workerData.failsWith) parentPort.postMessage({ type: 'failed', problem: workerData.failsWith });
      else if (workerData.fallsAtStart) throw new Error('no such module');
      else parentPort.postMessage({ type: 'ready', url: 'http://localhost:4830/', problem: null });
    }
    if (message.type === 'stop' && !workerData.hangs) parentPort.postMessage({ type: 'stopped' });
    if (message.type === 'window') ports[0].postMessage('connected');
    if (message.type === 'fall') throw new Error('out of luck');
  });
`;

interface Script {
  failsWith?: Problem;
  fallsAtStart?: boolean;
  hangs?: boolean;
}

const hosts: EngineHost[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
});

function harness(script: Script = {}) {
  const threads: Worker[] = [];
  const told: string[] = [];
  const waiting = new Map<string, () => void>();
  const timers = new Set<() => void>();
  const tell = (what: string) => {
    told.push(what);
    waiting.get(what)?.();
  };
  const host = createEngineHost({
    createThread() {
      const thread = new Worker(ENGINE, { eval: true, workerData: script, stderr: true });
      threads.push(thread);
      return thread;
    },
    serveHost(port: MessagePort) {
      port.unref();
    },
    crashLimit: createCrashLimit({ most: 1, withinMs: 1000, now: () => 0 }),
    stopWithinMs: 5000,
    schedule(run) {
      timers.add(run);
      return () => timers.delete(run);
    },
    onReady: (url) => {
      tell(`ready ${String(url)}`);
    },
    onFailed: (problem) => {
      tell(`failed ${problem.code}: ${problem.cause}`);
    },
    onRestarted: (reason) => {
      tell(`restarted: ${reason}`);
    },
  });
  hosts.push(host);
  return {
    host,
    told,
    threads,
    until: (what: string) =>
      new Promise<void>((resolve) => {
        if (told.includes(what)) resolve();
        else waiting.set(what, resolve);
      }),
    runTimers: () => {
      for (const run of timers) run();
    },
    timers,
  };
}

const READY = 'ready http://localhost:4830/';

describe('the engine and its thread', () => {
  it('starts once, says that it is ready, and stops cleanly', async () => {
    const { host, until, threads, timers } = harness();
    host.start();
    host.start();
    await until(READY);
    expect(threads).toHaveLength(1);
    expect(await host.stop()).toBe('stopped');
    expect(host.isReady()).toBe(false);
    expect(timers.size).toBe(0);
    expect(host.connect()).toBeNull();
  });

  it('ends the thread when a clean stop takes too long', async () => {
    const { host, until, runTimers, threads } = harness({ hangs: true });
    host.start();
    await until(READY);
    const ended = new Promise((resolve) => threads[0]?.once('exit', resolve));
    const stopped = host.stop();
    runTimers();
    expect(await stopped).toBe('ended');
    await ended;
  });

  it('passes on why the engine will not start, and may be started again', async () => {
    const problem = { code: 'store-newer', cause: 'The store is newer.', cure: 'Update.' };
    const { host, until, threads } = harness({ failsWith: problem });
    host.start();
    await until('failed store-newer: The store is newer.');
    expect(host.connect()).toBeNull();
    host.start();
    expect(threads).toHaveLength(2);
  });

  it('names the fault of an engine that falls before it is ready, and does not try for ever', async () => {
    const { host, until, told } = harness({ fallsAtStart: true });
    host.start();
    await until(
      'failed engine-start: The engine, which stores and sends everything, could not start: no such module.',
    );
    expect(told).toHaveLength(1);
  });

  it('starts again after a fall, and gives up when it falls too often', async () => {
    const { host, until, threads, told } = harness();
    host.start();
    await until(READY);
    threads[0]?.postMessage({ type: 'fall' });
    await until('restarted: out of luck');
    threads[1]?.postMessage({ type: 'fall' });
    await until(
      'failed engine-crashed: The engine, which stores and sends everything, stopped several times in a row: out of luck.',
    );
    expect(threads).toHaveLength(2);
    expect(told.filter((what) => what.startsWith('restarted'))).toHaveLength(1);
  });

  it('gives each window a port of its own', async () => {
    const { host, until } = harness();
    expect(host.connect()).toBeNull();
    expect(host.isReady()).toBe(false);
    host.start();
    expect(host.isReady()).toBe(false);
    await until(READY);
    expect(host.isReady()).toBe(true);
    for (const port of [host.connect(), host.connect()]) {
      const heard = new Promise((resolve) => port?.once('message', resolve));
      expect(await heard).toBe('connected');
      port?.close();
    }
  });
});
