import type { MessagePort } from 'node:worker_threads';
import type { RehearsalRecord } from '../../../contract/rehearsal.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { createDevicePushService } from '../../local-push-service/device-push-service.ts';
import { subscribeDevices } from './device-rows.ts';
import { readToWorker, type FromRehearsalWorker, type RehearsalWorkerData } from './worker-messages.ts';

/** How often the engine hears what the service has seen: often enough for someone watching. */
const RECORD_MS = 200;

export interface ServedRehearsal {
  /** Called when something went wrong beyond repair: reports it and closes. */
  fall(error: unknown): void;
}

/** Runs the local push service of one rehearsal for the thread at the other end of the port. */
export async function serveRehearsal(port: MessagePort, data: RehearsalWorkerData): Promise<ServedRehearsal> {
  const say = (message: FromRehearsalWorker) => {
    port.postMessage(message);
  };
  // With a million requests, only the sums are kept.
  const service = await createDevicePushService({
    seed: data.seed,
    decrypt: data.decrypt,
    keepRequests: 0,
  });
  const rows = subscribeDevices(service, data);

  const readRecord = (): RehearsalRecord => {
    const { received, accepted, shown, undecryptable } = service.requests.counts();
    return { received, accepted, shown, undecryptable };
  };
  let told = 0;
  const tellRecord = () => {
    const record = readRecord();
    if (record.received === told) return;
    told = record.received;
    say({ type: 'record', record });
  };
  const timer = setInterval(tellRecord, RECORD_MS);

  const close = async () => {
    clearInterval(timer);
    await service.close();
    tellRecord();
    port.close();
  };

  const fall = (error: unknown) => {
    say({ type: 'fell', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    void close();
  };

  port.on('message', (said: unknown) => {
    const message = readToWorker(said);
    if (message === null) {
      fall(new Error('The engine sent something that is not valid.'));
      return;
    }
    switch (message.type) {
      case 'more': {
        const next = rows.next();
        say({ type: 'rows', rows: next.done === true ? [] : next.value });
        return;
      }
      case 'close':
        void close();
        return;
      default:
        assertNever(message);
    }
  });
  say({ type: 'ready', origin: service.origin, certificatePem: service.certificatePem });

  return { fall };
}
