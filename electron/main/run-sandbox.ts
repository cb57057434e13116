import { utilityProcess } from 'electron';

export interface SandboxEnd {
  /** What the process said, unchecked. */
  answer: string;
  ended: 'answer' | 'time' | 'crash' | 'output';
}

/** It has had time to start, to run a worker for as long as it may, and to report. */
const KILL_AFTER_MS = 12_000;
/** In characters. */
const MAX_ANSWER = 3_000_000;

/**
 * Runs a job in a utility process: the one kind of process of its own that an installed app may start, because it is not Node. Its
 * environment is bare, and it is ended as soon as it has answered, or has run out of time.
 */
export function runSandbox(
  program: string,
  job: string,
  signal: AbortSignal | undefined,
): Promise<SandboxEnd> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = utilityProcess.fork(program, [], {
      // An empty environment counts as none, and the app's own would be passed on.
      env: { LANG: 'C' },
      execArgv: [],
      stdio: 'ignore',
      serviceName: 'Service worker check',
    });
    const end = (settle: () => void) => {
      clearTimeout(patience);
      signal?.removeEventListener('abort', leave);
      child.kill();
      settle();
    };
    const finish = (ended: SandboxEnd['ended'], answer = '') => {
      end(() => {
        resolve({ answer, ended });
      });
    };
    const leave = () => {
      end(() => {
        reject(signal?.reason as Error);
      });
    };
    const patience = setTimeout(() => {
      finish('time');
    }, KILL_AFTER_MS);
    signal?.addEventListener('abort', leave, { once: true });
    child.once('message', (answer: unknown) => {
      if (typeof answer !== 'string') finish('crash');
      else if (answer.length > MAX_ANSWER) finish('output');
      else finish('answer', answer);
    });
    child.once('exit', () => {
      finish('crash');
    });
    child.postMessage(job);
  });
}
