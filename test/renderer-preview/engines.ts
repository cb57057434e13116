import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ORPCError } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import type { Plugin } from 'vite';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Draft } from '../../electron/contract/drafts.ts';
import { servePort } from '../../electron/port/serve-port.ts';
import { nodeSandbox } from '../../electron/engine/areas/worker-check/start-sandbox.ts';
import { fakeHost } from '../../electron/engine/testing/fake-host.ts';
import { openSampleEngine, WORKERS, type SampleEngine } from './sample-engine.ts';
import { CHANGED_ELSEWHERE, seedFolder, startRunning } from './samples.ts';
import { scenarioOf, type Scenario } from './scenario.ts';

/** Gives each page of the preview a real engine, on its own copy of what its scenario holds. */
export function engines(): Plugin {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-samples-'));
  const seeded = new Map<Scenario, Promise<string>>();
  const seed = (scenario: Scenario) => {
    const data = seeded.get(scenario) ?? seedFolder(path.join(folder, scenario), scenario);
    seeded.set(scenario, data);
    return data;
  };
  let pages = 0;

  const serve = async (socket: WebSocket, scenario: Scenario) => {
    const dataDir = path.join(folder, `page-${(pages += 1)}`);
    mkdirSync(dataDir, { mode: 0o700 });
    cpSync(await seed(scenario), dataDir, { recursive: true });
    const host = fakeHost({
      locked: scenario === 'locked',
      unlocks: 'when asked again',
      savePath: '/home/ada/keys.json',
    });
    const ended = new AbortController();
    const runsSandbox = nodeSandbox(WORKERS.sandbox);
    host.desktop.runSandbox = async ({ job }) => {
      const end = await runsSandbox(job, ended.signal);
      return end.kind === 'answer' ? { answer: end.text, ended: 'answer' } : { answer: '', ended: end.kind };
    };
    const sample = await openSampleEngine(dataDir, host);
    socket.once('close', () => {
      ended.abort();
      void sample.engine.stop().then(() => {
        rmSync(dataDir, { recursive: true, force: true });
      });
    });
    if (scenario === 'full') await startRunning(sample, ended.signal);
    if (scenario !== 'empty') await askForPages(sample.url);
    const handler = new StandardRPCHandler(sample.engine.router, {
      clientInterceptors: [
        ...(scenario === 'failing' ? [refuseKeys] : []),
        ...(scenario === 'eventful' ? [changeElsewhere(sample)] : []),
      ],
    });
    const port = {
      addEventListener: (type: 'message' | 'close', listener: (event: object) => void) => {
        socket.addEventListener(type, listener);
      },
      postMessage: (frame: unknown) => {
        socket.send(frame as string);
      },
    };
    servePort(port, handler, {
      onBadFrame: (reason) => {
        throw new Error(reason);
      },
      onDefect: (error) => {
        throw error;
      },
    });
  };

  const attach = ({ httpServer }: { httpServer: EventEmitter | null }) => {
    const sockets = new WebSocketServer({ noServer: true });
    httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const url = new URL(request.url ?? '/', 'http://preview');
      if (url.pathname !== '/engine') return;
      sockets.handleUpgrade(request, socket, head, (line) => {
        // Its calls wait in the queue until the engine is there.
        line.pause();
        void serve(line, scenarioOf(url.searchParams.get('scenario'))).then(() => {
          line.resume();
        });
      });
    });
    httpServer?.once('close', () => {
      for (const line of sockets.clients) line.terminate();
      rmSync(folder, { recursive: true, force: true });
    });
  };
  return { name: 'pushdesk-engines', configureServer: attach, configurePreviewServer: attach };
}

/** Fills the list of requests of the server. */
async function askForPages(url: string): Promise<void> {
  for (const path of ['/', '/icon-192.png', '/wp-login.php?redirect_to=%2Fwp-admin%2F'])
    await fetch(new URL(path, url));
}

interface Call {
  path: readonly string[];
  input: unknown;
  next: () => Promise<unknown>;
}

/** As when another program holds the store's file. */
function refuseKeys({ path, next }: Call) {
  if (path[0] !== 'keys') return next();
  throw new ORPCError('UNAVAILABLE', {
    defined: true,
    data: {
      code: 'store-locked',
      cause: 'The data file is locked by another program.',
      cure: 'Close the other program that uses it, then try again.',
    },
  });
}

/** As when another window changes a draft first: the one that gets this title. */
const changeElsewhere =
  ({ client }: SampleEngine) =>
  async ({ path, input, next }: Call) => {
    const draft = input as Draft;
    if (path.join('.') === 'drafts.save' && draft.message['title'] === CHANGED_ELSEWHERE)
      await client.drafts.save({ ...draft, message: { title: 'Changed by somebody else' } });
    return next();
  };
