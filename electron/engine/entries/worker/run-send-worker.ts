import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import { withoutOuterQuotes } from '../../../core/text/plain-text.ts';
import { systemClock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { WorkerFiles } from '../../base/worker-files.ts';
import { createOutbound } from '../../net/outbound.ts';
import { BATCH_SIZE } from '../../wire/batch-sender.ts';
import { createLocalSender } from '../../wire/create-local-sender.ts';
import { loadQueue } from '../../workers/load-queue.ts';
import { runWorker } from '../../workers/worker.ts';
import type { Machine } from '../headless/headless-environment.ts';
import { readWorkersAddress } from '../headless/headless-secrets.ts';
import { readSecretVariable } from '../headless/secret-variable.ts';
import { problemOfStart } from '../start-problem.ts';

/** Messages on the wire per core, unless configured otherwise. */
const IN_FLIGHT_PER_CORE = 512;

/**
 * A worker: takes batches from the database that `PUSHDESK_WORKERS` names, encrypts and sends them, and reports what became of them. Runs
 * until it is asked to end.
 *
 * @returns the exit code
 */
export async function runSendWorker({
  machine,
  hostName,
  version,
  workerFiles,
  log,
  say,
  stop,
}: {
  machine: Machine;
  hostName: string;
  version: string;
  workerFiles: WorkerFiles;
  log: Log;
  say: (line: string) => void;
  /** Aborted when it is asked to end. */
  stop: AbortSignal;
}): Promise<0 | 1> {
  const tell = ({ cause, cure }: Problem) => {
    say(`${cause} ${cure}`);
  };
  try {
    const { address, capacity, name, warnings } = readOptions(machine, hostName);
    for (const warning of warnings) tell(warning);
    const { openForWorker } = await loadQueue(workerFiles.queue);
    const onError = (error: unknown) => {
      log.warn({ error: String(error) }, 'the queue reports an error');
    };
    const { env } = machine;
    const isPrivateAllowed = isOn(env['PUSHDESK_ALLOW_PRIVATE_ENDPOINTS']);
    const outbound = createOutbound({
      env,
      allowPrivate: () => isPrivateAllowed,
      askSystem: null,
      clock: systemClock,
      log,
    });
    const sender = createLocalSender({
      encryptWorkerFile: workerFiles.encrypt,
      policyOf: () => outbound.policy(),
      findProxy: outbound.findProxy,
      clock: systemClock,
      log,
    });
    say(`Worker ${name} is starting; its database is on ${address.host}.`);
    const refusal = await runWorker({
      open: () => openForWorker({ address, onError }),
      sender,
      name,
      machine: hostName,
      version,
      capacity,
      wait: async (milliseconds, signal) => {
        await wait(milliseconds, undefined, { signal }).catch(() => undefined);
      },
      stop,
      say,
      clock: systemClock,
      log,
    });
    await sender.close();
    if (refusal === null) return 0;
    say(refusal);
    return 1;
  } catch (error) {
    tell(problemOfStart(error, ''));
    return 1;
  }
}

function readOptions(machine: Machine, hostName: string) {
  const warnings: Problem[] = [];
  const { value, warning } = readSecretVariable(machine, 'PUSHDESK_WORKERS');
  if (warning !== null) warnings.push(warning);
  const address = readWorkersAddress(value, warnings);
  if (address === null) throw new Refusal('BAD_INPUT', NO_ADDRESS);
  const textOf = (variable: string) => withoutOuterQuotes(machine.env[variable] ?? '');
  const most = textOf('PUSHDESK_MAX_IN_FLIGHT');
  if (most !== '' && !/^[1-9]\d{0,4}$/.test(most)) throw new Refusal('BAD_INPUT', BAD_MOST);
  return {
    address,
    // At least one batch has to fit.
    capacity: most === '' ? IN_FLIGHT_PER_CORE * availableParallelism() : Math.max(BATCH_SIZE, Number(most)),
    name: (textOf('PUSHDESK_WORKER_NAME') || hostName).slice(0, 60),
    warnings,
  };
}

const isOn = (text: string | undefined) =>
  ['1', 'true', 'yes', 'on'].includes(withoutOuterQuotes(text ?? '').toLowerCase());

const NO_ADDRESS: Problem = {
  code: 'workers-address-missing',
  cause: 'PUSHDESK_WORKERS is not set, so this worker does not know where its work is.',
  cure: 'Set it to postgres://user:password@host/database, the same as for the engine, then start the worker again.',
};

const BAD_MOST: Problem = {
  code: 'bad-variable',
  cause: 'PUSHDESK_MAX_IN_FLIGHT is not a number from 1 to 99999.',
  cure: 'Correct it or leave it out, then start the worker again.',
};
