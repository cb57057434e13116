import type { CanaryRules } from '../../../../contract/canary.ts';
import { connect } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { messageSchema, type Message } from '../../../../contract/message.ts';
import {
  startRehearsalInputSchema,
  type Rehearsal,
  type RehearsalFaults,
} from '../../../../contract/rehearsal.ts';
import type { DeliveryState } from '../../../../contract/deliveries.ts';
import { systemClock } from '../../../base/clock.ts';
import { capturedLog } from '../../../testing/captured-log.ts';
import { WORKER_FILES } from '../../../testing/engine-options.ts';
import { tempFolder } from '../../../testing/temp-folder.ts';
import type { WorkerFiles } from '../../../base/worker-files.ts';
import { createRehearsalService } from '../rehearsal-service.ts';

/** A rehearsal service with its threads, in a fresh folder; closed after the test. Retries wait for nothing but `Retry-After`. */
export function rehearsalRig({
  dataDir = tempFolder(),
  workerFiles = WORKER_FILES,
}: { dataDir?: string; workerFiles?: WorkerFiles } = {}) {
  const captured = capturedLog();
  const published: string[] = [];
  const service = createRehearsalService({
    dataDir,
    workerFiles,
    cap: () => 50,
    changes: { publish: (...topics) => published.push(...topics) },
    clock: systemClock,
    log: captured.log,
    makeSeed: () => 'the same each time',
    random: () => 0,
  });
  onTestFinished(() => service.close());

  const current = (): Rehearsal => service.current() ?? expect.fail('there is no rehearsal');
  const hasBegun = () => current().campaignId !== null;
  const campaignId = () => current().campaignId ?? expect.fail('its campaign has not begun');

  return {
    service,
    file: path.join(dataDir, 'rehearsal.db'),
    captured,
    published,
    current,
    hasBegun,
    campaignId,
    start: (
      devices: number,
      faults: Partial<RehearsalFaults> = {},
      message: Partial<Message> = {},
      canary: Partial<CanaryRules> | null = null,
    ) =>
      service.start(
        startRehearsalInputSchema.parse({
          message: messageSchema.parse({ title: 'Hello', body: 'World', ...message }),
          devices,
          faults,
          canary,
        }),
      ),
    campaign: () => service.campaigns.get({ id: campaignId() }),
    /** Waits until every delivery is settled and the service's record has arrived. */
    async finish() {
      await expect.poll(() => current().state, { timeout: 120_000 }).toBe('finished');
      const { counts } = service.campaigns.get({ id: campaignId() });
      await expect
        .poll(() => current().record.accepted, { timeout: 120_000 })
        .toBeGreaterThanOrEqual(counts.accepted);
      return { campaign: service.campaigns.get({ id: campaignId() }), rehearsal: current() };
    },
    deliveries: (states: DeliveryState[] = []) =>
      service.campaigns.deliveries({ campaignId: campaignId(), states, cursor: null, limit: 500 }).items,
    /** Where the local push service listens. */
    port(): number {
      const [delivery] = this.deliveries();
      return Number(new URL(delivery?.endpoint ?? expect.fail('no delivery')).port);
    },
  };
}

/** Whether something listens on that port of this machine. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}
