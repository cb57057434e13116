import { appendFileSync, writeSync } from 'node:fs';
import { Session } from 'node:inspector';
import { parentPort } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';

/** The environment variable that names the file to which each test that is ended is added, as a line of JSON. */
export const ENDLESS_FILE = 'PUSHDESK_ENDLESS_TESTS';
/** The environment variable with another limit, in ms. */
export const ENDLESS_AFTER = 'PUSHDESK_ENDLESS_AFTER_MS';

/** Longer than any test may last, also on a machine that has much else to do. */
const LIMIT_MS = 600_000;
const FRAMES = 12;
/** How long the debugger may take to stop the code. */
const STOP_MS = 10_000;

if (parentPort !== null)
  watchOver(parentPort, { limitMs: Number(process.env[ENDLESS_AFTER] ?? LIMIT_MS), end: endProcess });

/**
 * Calls `end` with the test that ran last, when the main thread has not told for too long that it goes on.
 * @param {{on: (event: 'message', hear: (test: string) => void) => unknown}} mainThread sends the name of each test as it begins, and an
 * empty text meanwhile
 * @param {{limitMs: number, end: (test: string) => unknown}} options
 */
export function watchOver(mainThread, { limitMs, end }) {
  let test = '';
  let heardAt = performance.now();
  mainThread.on('message', (name) => {
    heardAt = performance.now();
    if (name !== '') test = name;
  });
  const watch = setInterval(() => {
    if (performance.now() - heardAt < limitMs) return;
    clearInterval(watch);
    end(test);
  }, limitMs / 20);
}

/**
 * Says which test it was and where its code stands, and ends the process.
 * @param {string} test
 */
async function endProcess(test) {
  const frames = await placeOfMainThread();
  const text = `${test}\nIt never ended, and was ended here:\n${frames.map((frame) => `    at ${frame}`).join('\n')}`;
  // The stream of a thread goes through the main thread.
  writeSync(2, `\n${text}\n`);
  const file = process.env[ENDLESS_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(text)}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/**
 * The calls that the main thread is in, the innermost first.
 * @returns {Promise<string[]>}
 */
function placeOfMainThread() {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(['a place where no debugger can stop it']);
    }, STOP_MS);
    /** @type {Map<string, string>} */
    const files = new Map();
    const session = new Session();
    session.connectToMainThread();
    session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => {
      files.set(scriptId, url.startsWith('file:') ? fileURLToPath(url) : url);
    });
    session.on('Debugger.paused', ({ params }) => {
      resolve(
        params.callFrames
          .slice(0, FRAMES)
          .map(
            ({ functionName, location: { scriptId, lineNumber } }) =>
              `${functionName || '(anonymous)'} (${files.get(scriptId) ?? ''}:${lineNumber + 1})`,
          ),
      );
    });
    session.post('Debugger.enable');
    session.post('Debugger.pause');
  });
}
