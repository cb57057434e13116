import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { workerRunSchema, type WorkerRun } from '../../../../contract/worker-check.ts';
import { WORKER_FILES } from '../../../testing/engine-options.ts';
import { nodeSandbox } from '../start-sandbox.ts';
import type { SandboxJob } from './job.ts';
import { runJob } from './run-job.ts';

const NEVER = new AbortController().signal;

const jobOf = (script: string, limitMs = 4000): SandboxJob => ({
  script,
  scriptUrl: 'https://shop.example/sw.js',
  files: [{ url: 'https://shop.example/given.js', text: 'self.given = true;' }],
  payload: '{"title":"Hello"}',
  limitMs,
});

/** For real: in the sandbox's process. Nothing that a worker says may break the shape of the answer. */
async function attack(script: string): Promise<WorkerRun> {
  const end = await nodeSandbox(WORKER_FILES.sandbox)(JSON.stringify(jobOf(script)), NEVER);
  if (end.kind !== 'answer') throw new Error(`It ended by ${end.kind}.`);
  return workerRunSchema.parse(JSON.parse(end.text));
}

/** The same in the interpreter alone, whose limits must hold without the process around it. */
async function attackInterpreter(script: string, limitMs: number): Promise<WorkerRun> {
  const quickJs = await newQuickJSWASMModuleFromVariant(variant);
  return workerRunSchema.parse(runJob(quickJs, jobOf(script, limitMs)));
}

/** Each tries to get hold of something that is not the worker's; whatever it finds is reported. */
const ESCAPES: Record<string, string> = {
  'the constructor of the scope': 'self.constructor.constructor("return typeof process + typeof require")()',
  'the constructor of a function of the check':
    'importScripts.constructor("return typeof process + typeof require")()',
  'the constructor of a promise':
    'showOf().constructor.constructor("return typeof process + typeof require")()',
  'the constructor of an error':
    '(() => { try { new URL("") } catch (e) { return e.constructor.constructor("return typeof process + typeof require")() } })()',
  'a generator': '(function* () {}).constructor("yield typeof process + typeof require")().next().value',
  'indirect eval': '(0, eval)("typeof process + typeof require")',
  'globals of Node':
    '[typeof process, typeof require, typeof module, typeof Buffer, typeof global, typeof __dirname].join("")',
  'a binding': 'typeof globalThis.process?.binding + typeof globalThis.process?.mainModule',
  WebAssembly: 'typeof WebAssembly + typeof process',
  'the frames of a stack': `(() => { let found = 'undefined'; Error.prepareStackTrace = (_e, frames) => { found = typeof frames[0].getThis(); return ''; }; void new Error().stack; return found + typeof process; })()`,
  'the caller of a listener': `(() => { try { return typeof arguments.callee.caller?.constructor("return process")(); } catch { return 'undefinedundefined'; } })()`,
  'changed prototypes': `(() => { const seen = []; const { apply } = Function.prototype; const { map } = Array.prototype; Function.prototype.apply = function (...args) { seen.push(typeof args[0]?.process); return apply.call(this, ...args); }; Object.prototype.__defineGetter__('stolen', function () { return this; }); Array.prototype.map = function () { seen.push(typeof this.process); return []; }; try { new URL('https://a.example/?b=c').searchParams.get('b'); } catch {} Array.prototype.map = map; Function.prototype.apply = apply; return (seen.join('') || 'undefined') + typeof process; })()`,
  'a worker of its own': 'typeof Worker + typeof SharedWorker',
};

describe('a hostile worker', () => {
  it('finds nothing of the process by any of the ways that are known', async () => {
    const tries = Object.entries(ESCAPES).map(
      ([name, code]) =>
        `try { console.log(${JSON.stringify(name)} + ': ' + (${code})); } catch (error) { console.log(${JSON.stringify(name)} + ': ' + error); }`,
    );
    const found = await attack(
      `const showOf = () => self.registration.getNotifications();\n${tries.join('\n')}`,
    );
    expect(found.console).toHaveLength(Object.keys(ESCAPES).length);
    for (const { text } of found.console) {
      const said = text.slice(text.indexOf(': ') + 2);
      expect(said, text).toMatch(/^(?:undefined)+$|Error/);
    }
  });

  it.each([
    [
      'import() of a module of Node',
      `import('node:fs').then((fs) => console.log('GOT ' + Object.keys(fs)), (e) => console.log('no: ' + e));`,
    ],
    [
      'import() of a file',
      `import('file:///etc/passwd').then((m) => console.log('GOT ' + m), (e) => console.log('no: ' + e));`,
    ],
    ['require', `try { require('fs'); console.log('GOT'); } catch (e) { console.log('no: ' + e); }`],
    [
      'importScripts of a file',
      `try { importScripts('file:///etc/passwd'); console.log('GOT'); } catch (e) { console.log('no: ' + e); }`,
    ],
    [
      'fetch of a file',
      `fetch('file:///etc/passwd').then((m) => console.log('GOT ' + m), (e) => console.log('no: ' + e));`,
    ],
    ['a static import of Node', `import fs from 'node:fs'; console.log('GOT ' + fs);`],
  ])('loads nothing by %s', async (_name, script) => {
    const found = await attackInterpreter(`${script}\nself.addEventListener('push', () => {});`, 20_000);
    expect(found.console.filter(({ text }) => text.startsWith('GOT'))).toEqual([]);
    expect(found.console.length + found.errors.length).toBeGreaterThan(0);
  });

  it('reaches no port of this machine', async () => {
    const asked: string[] = [];
    const server = createServer((socket) => {
      asked.push('connected');
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const found = await attack(`
      for (const call of [() => fetch('http://127.0.0.1:${port}/'), () => new WebSocket('ws://127.0.0.1:${port}/'), () => importScripts('http://127.0.0.1:${port}/')])
        try { Promise.resolve(call()).catch(() => 0); } catch {}`);
    expect(found.requests.map(({ via, given }) => [via, given])).toEqual([
      ['fetch', false],
      ['WebSocket', false],
      ['importScripts', false],
    ]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['a loop at its start', 'for (;;);', 'time'],
    [
      'a loop that catches everything',
      'for (;;) { try { for (;;); } catch {} finally { for (;;); } }',
      'time',
    ],
    ['a loop in a push', `self.onpush = () => { for (;;); };`, 'time'],
    [
      'a loop in a click',
      `self.onpush = (e) => e.waitUntil(registration.showNotification('x')); self.onnotificationclick = () => { for (;;); };`,
      'time',
    ],
    ['promises without end', 'const again = () => Promise.resolve().then(again); again();', 'time'],
    ['an async loop', '(async () => { for (;;) await null; })();', 'time'],
    ['a regular expression that never ends', '/(?:a+)+b/.test("a".repeat(40));', 'time'],
    ['a getter on its own error', 'throw { get message() { for (;;); }, get name() { for (;;); } };', 'time'],
    [
      'waiting on shared memory',
      'for (;;) { try { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); } catch {} }',
      'time',
    ],
    ['async functions that swallow its end', 'for (;;) (async () => { for (;;); })();', 'time'],
    [
      'promises that swallow its end',
      'for (;;) { try { new Promise(() => { for (;;); }); } catch {} }',
      'time',
    ],
    [
      'awaited functions that swallow its end',
      '(async () => { for (;;) { try { await (async () => { for (;;); })(); } catch {} } })();',
      'time',
    ],
    ['a bomb of memory', 'const held = []; for (;;) held.push(new Uint8Array(1_000_000));', 'memory'],
    ['a flood of words', `for (;;) console.log('x'.repeat(1000));`, 'output'],
    [
      'a flood of notifications',
      `self.onpush = () => { for (;;) registration.showNotification('x').catch(() => 0); };`,
      'output',
    ],
    [
      'a flood of listeners',
      `for (let at = 0; ; at += 1) self.addEventListener('e' + at, () => {});`,
      'output',
    ],
  ])('is ended over %s', async (_name, script, stopped) => {
    const found = await attackInterpreter(script, stopped === 'time' ? 150 : 20_000);
    expect(found.stopped).toBe(stopped);
  });

  it.each([
    ['endless recursion', 'function deep() { deep(); } deep();'],
    [
      'a nest of arrays',
      'let nest = []; for (let at = 0; at < 200_000; at += 1) nest = [nest]; self.onpush = () => { console.log(nest); structuredClone(nest); };',
    ],
    ['texts of a gigabyte', `let text = 'x'; for (let at = 0; at < 40; at += 1) text += text;`],
    [
      'a proxy for everything',
      `const p = new Proxy(function () {}, { get: () => p, apply: () => p, has: () => true }); registration.showNotification(p, p); throw p;`,
    ],
    [
      'broken globals',
      `JSON.parse = JSON.stringify = Object.entries = Array.from = String = Promise = undefined; self.onpush = () => registration.showNotification('x');`,
    ],
  ])('breaks nothing but itself with %s', async (_name, script) => {
    const found = await attackInterpreter(script, 2000);
    expect(found.notifications.length).toBeLessThanOrEqual(1);
  });

  it('cannot forge what the check says of it', async () => {
    const found = await attack(`
      for (const name of Object.getOwnPropertyNames(self)) {
        try { self[name]?.emit?.('{"kind":"notification","title":"forged","options":{},"isAlive":true}'); } catch {}
      }
      console.log(JSON.stringify({ kind: 'notification', title: 'forged', options: {}, isAlive: true }));
      console.log('"}\\n{"kind":"lead","how":"open","url":"https://forged.example"}');`);
    expect(found.notifications).toEqual([]);
    expect(found.clicks).toEqual([]);
  });
});

describe('the process of the sandbox', () => {
  it('is ended from outside where it does not end by itself', async () => {
    const job = { script: '', scriptUrl: 'https://a.example/', files: [], payload: '{}', limitMs: 60_000 };
    const endless = JSON.stringify({ ...job, script: 'for (;;);' });
    expect(await nodeSandbox(WORKER_FILES.sandbox, 1500)(endless, NEVER)).toEqual({ kind: 'time' });
  });

  it('ends with whoever asked', async () => {
    const leaving = new AbortController();
    const run = nodeSandbox(WORKER_FILES.sandbox)('{}', leaving.signal);
    leaving.abort(new Error('left'));
    await expect(run).rejects.toThrow('left');
  });

  it('that falls is a breakdown, not an answer', async () => {
    expect(await nodeSandbox(WORKER_FILES.sandbox)('not a job', NEVER)).toEqual({ kind: 'crash' });
  });
});

// What an attacker would find behind a hole in the interpreter: the process itself, restricted by Node's own permission model.
describe('a program in the place of the sandbox', () => {
  const PROGRAM = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { spawnSync } from 'node:child_process';
    import { Worker } from 'node:worker_threads';
    const tell = {};
    const attempt = (name, run) => { try { run(); tell[name] = 'GOT'; } catch (error) { tell[name] = error.code ?? error.name; } };
    attempt('read', () => readFileSync('/etc/hostname'));
    attempt('write', () => writeFileSync('/tmp/pushdesk-escaped', 'x'));
    attempt('process', () => { const { error } = spawnSync(process.execPath, ['-v']); if (error) throw error; });
    attempt('thread', () => new Worker('', { eval: true }));
    attempt('eval', () => new Function('return 1')());
    tell.env = Object.keys(process.env).length;
    process.stdout.write(JSON.stringify(tell));`;

  it('may touch no file, process, thread or variable', async () => {
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const path = await import('node:path');
    const { pathToFileURL } = await import('node:url');
    const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-sandbox-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = path.join(folder, 'program.mjs');
    writeFileSync(file, PROGRAM);
    const program = pathToFileURL(file);
    const end = await nodeSandbox({ program, readable: program })('', NEVER);
    expect(end.kind === 'answer' && JSON.parse(end.text)).toEqual({
      read: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      process: 'ERR_ACCESS_DENIED',
      thread: 'ERR_ACCESS_DENIED',
      eval: 'EvalError',
      env: 0,
    });
  });
});
