import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import type { SandboxJob } from './job.ts';
import { runJob } from './run-job.ts';

/**
 * The process in which a worker is run: a Node process that may touch no file, or Electron's utility process. One job comes in, one answer
 * goes out, and the process ends.
 */

/** Electron's way to its parent (`process.parentPort`), where there is one. */
interface ParentPort {
  once(event: 'message', listener: (message: { data: unknown }) => void): void;
  postMessage(message: string): void;
}
const { parentPort } = process as { parentPort?: ParentPort };

async function answer(text: string): Promise<string> {
  const job = JSON.parse(text) as SandboxJob;
  return JSON.stringify(runJob(await newQuickJSWASMModuleFromVariant(variant), job));
}

// Electron adds some of its own.
for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);

if (parentPort === undefined) {
  const pieces: Buffer[] = [];
  process.stdin.on('data', (piece: Buffer) => pieces.push(piece));
  process.stdin.once('end', () => {
    void answer(Buffer.concat(pieces).toString('utf8')).then((text) => process.stdout.write(text));
  });
} else {
  parentPort.once('message', ({ data }) => {
    void answer(String(data)).then((text) => {
      parentPort.postMessage(text);
    });
  });
}
