import { readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readLogOptions } from './headless/log-options.ts';
import { runHeadless } from './headless/run-headless.ts';
import { runSendWorker } from './worker/run-send-worker.ts';
import { holdHeapDown } from '../base/heap.ts';
import { problemOfStart } from './start-problem.ts';
import { createLog, type Log } from '../base/log.ts';
import { formLogLine } from './headless/log-lines.ts';
import { workerFiles } from '../base/worker-files.ts';

holdHeapDown();
// Nobody else may read what this process creates, whichever library creates it.
process.umask(0o077);

// The project is two folders up, both in the source and in the build.
const project = new URL('../../', import.meta.url);
const packageSchema = z.object({ version: z.string() });
const { version } = packageSchema.parse(JSON.parse(readFileSync(new URL('package.json', project), 'utf8')));

const machine = { env: process.env, platform: process.platform, home: homedir() };
const say = (line: string) => {
  process.stdout.write(`${line}\n`);
};

const log = openLog();

const askedToEnd = new Promise<string>((resolve) => {
  let isAsked = false;
  const ask = (signal: NodeJS.Signals) => {
    // Anyone who asks twice does not want to wait for what is on the wire.
    if (isAsked) process.exit(1);
    isAsked = true;
    resolve(signal);
  };
  // Closing a terminal takes the programs in it along; for a service, the same signal is sent by tools that mean "read your settings
  // again".
  process.on('SIGHUP', (signal) => {
    if (process.stdin.isTTY) ask(signal);
  });
  process.on('SIGTERM', ask);
  process.on('SIGINT', ask);
});

if (process.argv[2] === 'worker') {
  const stop = new AbortController();
  void askedToEnd.then((reason) => {
    log.info({ reason }, 'asked to end');
    stop.abort();
  });
  const files = workerFiles(import.meta.url);
  const around = { machine, hostName: hostname(), version, workerFiles: files, log, say };
  process.exit(await runSendWorker({ ...around, stop: stop.signal }));
}

const code = await runHeadless({
  machine,
  version,
  subscribePageDir: fileURLToPath(new URL('out/web-demo', project)),
  workerFiles: workerFiles(import.meta.url),
  log,
  say,
  askedToEnd,
});
process.exit(code);

function openLog(): Log {
  const write = (line: string) => {
    process.stderr.write(line);
  };
  try {
    const { form, level } = readLogOptions(machine);
    return createLog(
      {
        write: (line) => {
          write(formLogLine(line, form));
        },
      },
      level,
    );
  } catch (error) {
    const { cause, cure } = problemOfStart(error, '');
    write(`${cause} ${cure}\n`);
    process.exit(1);
  }
}
