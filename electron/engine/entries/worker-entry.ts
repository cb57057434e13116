import { parentPort, workerData } from 'node:worker_threads';
import { engineOptionsSchema } from '../../contract/engine-options.ts';
import { holdHeapDown } from '../base/heap.ts';
import { problemOfStart } from './start-problem.ts';
import { createLog, type Log } from '../base/log.ts';
import { openLogFile, type LogFile } from '../base/log-file.ts';
import { runEngineThread } from './thread/engine-thread.ts';
import { workerFiles } from '../base/worker-files.ts';

if (parentPort === null) throw new Error('This file runs as a worker thread of the app.');
const parent = parentPort;
holdHeapDown();
const options = engineOptionsSchema.parse(workerData);

const opened = openLog();
if (opened !== null) {
  const { log, file } = opened;
  // Only observes: the error still ends the thread, and the main thread hears about it.
  process.on('uncaughtExceptionMonitor', (error) => {
    log.fatal({ error: `${error.name}: ${error.message}`, stack: error.stack }, 'the engine fell');
  });
  runEngineThread({
    parent,
    options,
    log,
    workerFiles: workerFiles(import.meta.url),
    onStopped: () => {
      file.close();
    },
  });
}

function openLog(): { log: Log; file: LogFile } | null {
  try {
    const file = openLogFile(options.dataDir);
    return { file, log: createLog(file) };
  } catch (error) {
    parent.postMessage({ type: 'failed', problem: problemOfStart(error, options.dataDir) });
    return null;
  }
}
