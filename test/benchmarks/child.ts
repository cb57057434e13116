import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ENGINE_NODE_FLAGS } from '../../build/launch/node-flags.mjs';

/** The service collects its garbage rarely: it must not be what is measured. */
const NODE_FLAGS: Partial<Record<string, readonly string[]>> = {
  'engine-process.ts': ENGINE_NODE_FLAGS,
  'export-process.ts': ENGINE_NODE_FLAGS,
  'flooded-process.ts': ENGINE_NODE_FLAGS,
  'seed-process.ts': ENGINE_NODE_FLAGS,
  'told-process.ts': ENGINE_NODE_FLAGS,
  'service-process.ts': ['--max-semi-space-size=64'],
};

/** A part of a measurement that runs in a process of its own, so that no part pays for another's memory or event loop. */
export interface Child<Message> {
  /** The next thing it says. Rejects if it ends without a word. */
  next(): Promise<Message>;
  /** Tells it something. */
  say(message: object): void;
  /** Asks it to end, and waits until it has. */
  end(): Promise<void>;
}

/**
 * Starts a file of this folder with a job, which travels as JSON on its command line.
 *
 * @param trusted path of a certificate that its TLS trusts beside the system's
 */
export function startChild<Message>(file: string, job: object, trusted?: string): Child<Message> {
  const child = fork(new URL(file, import.meta.url), [JSON.stringify(job)], {
    execArgv: [...(NODE_FLAGS[file] ?? [])],
    env: { ...process.env, ...(trusted === undefined ? {} : { NODE_EXTRA_CA_CERTS: trusted }) },
  });
  return {
    next: () => nextMessage<Message>(child, file),
    say: (message) => {
      child.send(message);
    },
    end: () => end(child),
  };
}

/** Runs a file of this folder to its one result. */
export async function runChild<Result>(file: string, job: object, trusted?: string): Promise<Result> {
  const child = startChild<Result>(file, job, trusted);
  const result = await child.next();
  await child.end();
  return result;
}

/** The job that this process was started with. */
export function ownJob(): unknown {
  return JSON.parse(process.argv[2] ?? '{}');
}

/** Sends to the process that started this one. */
export function tell(message: object): void {
  process.send?.(message);
}

async function nextMessage<Message>(child: ChildProcess, file: string): Promise<Message> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended without a result (exit code ${String(code)}).`);
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [Message];
  ended.catch(() => undefined);
  return message;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.disconnect();
  await once(child, 'exit');
}
