import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { createDevicePushService } from '../../electron/engine/local-push-service/device-push-service.ts';
import { ownJob, tell } from './child.ts';

export interface ServiceJob {
  folder: string;
  devices: number;
  /** How long it waits before each answer, in milliseconds. */
  latencyMs: number;
  publicKey: string;
}

export interface ServiceReady {
  /** JSON lines, one subscription each. */
  subscriptionsFile: string;
  certificateFile: string;
}

// The service checks every token and header, but decrypts nothing: it must not be what is measured.
const job = ownJob() as ServiceJob;
const service = await createDevicePushService({ decrypt: 'none', keepRequests: 0, seed: 'benchmark' });
if (job.latencyMs > 0) service.faults.add({ effect: { kind: 'delay', milliseconds: job.latencyMs } });

const ready: ServiceReady = {
  subscriptionsFile: path.join(
    job.folder,
    `subscriptions-${String(job.devices)}-${String(job.latencyMs)}.jsonl`,
  ),
  certificateFile: path.join(job.folder, `service-${String(job.latencyMs)}-${String(job.devices)}.pem`),
};
await service.writeCertificate(ready.certificateFile);
const fleet = service.registerFleet({ count: job.devices, applicationServerKey: job.publicKey });
const out = createWriteStream(ready.subscriptionsFile);
for (const subscription of fleet.subscriptions()) {
  if (!out.write(`${JSON.stringify(subscription)}\n`)) await once(out, 'drain');
}
out.end();
await once(out, 'finish');

process.once('disconnect', () => void service.close());
tell(ready);
