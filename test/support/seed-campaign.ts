import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import Database from 'better-sqlite3';
import type { CanaryRules } from '../../electron/contract/canary.ts';
import { messageSchema, type Message } from '../../electron/contract/message.ts';
import type { CampaignSchedule } from '../../electron/contract/schedule.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import type { DialectName } from '../../electron/core/push-services/dialects/dialect.ts';
import type { PushService } from '../../electron/engine/local-push-service/push-service.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import { engineOptions, WORKER_FILES } from '../../electron/engine/testing/engine-options.ts';

/** Devices that subscribe alike. */
export interface DeviceGroup {
  readonly service: PushService;
  readonly dialect: DialectName;
  readonly count: number;
  /** Which of the key pairs they subscribe with, by its place. */
  readonly keyPair: number;
}

export interface SeededDevice {
  readonly endpoint: string;
  readonly dialect: DialectName;
  readonly service: PushService;
  /** From now on its service answers that the subscription is gone. */
  unsubscribe(): void;
}

export interface SeededCampaign {
  /** The id that the payload carries to the devices. */
  readonly messageId: string;
  /** In the order of the groups. */
  readonly devices: readonly SeededDevice[];
}

export interface CampaignShape {
  readonly canary?: CanaryRules | null;
  /** It waits for that time; left out: it has just been started. */
  readonly schedule?: CampaignSchedule;
  readonly message?: Partial<Message>;
  /** What is known about each device, by its endpoint. */
  readonly attributesOf?: (endpoint: string) => Readonly<Record<string, string>>;
}

/**
 * Fills a data folder: key pairs, subscribed devices, and a campaign to all of them that has just been started when the engine ended. The
 * next engine to open the folder continues it.
 *
 * The devices are on this machine, and their rows say which service they stand for, so that each is spoken to as that service would be.
 */
export async function seedCampaign(
  dataDir: string,
  groups: readonly DeviceGroup[],
  { canary = null, schedule, message = {}, attributesOf }: CampaignShape = {},
): Promise<SeededCampaign> {
  const engine = await createEngine(
    engineOptions({ dataDir, folder: path.dirname(dataDir), allowPrivateEndpoints: true }),
    {
      host: null,
      log: capturedLog().log,
      workerFiles: WORKER_FILES,
    },
  );
  try {
    const client = createRouterClient(engine.router);
    const publicKeys: string[] = [];
    for (let pair = 0; pair <= Math.max(...groups.map(({ keyPair }) => keyPair)); pair += 1) {
      const subject = 'mailto:someone@example.com';
      publicKeys.push((await client.keys.generate({ name: `Pair ${pair}`, subject })).publicKey);
    }
    const devices: SeededDevice[] = [];
    for (const { service, dialect, count, keyPair } of groups) {
      const publicKey = publicKeys[keyPair] ?? '';
      const fleet = service.registerFleet({ count, dialect, applicationServerKey: publicKey, keyPairs: 64 });
      const subscriptions = [...fleet.subscriptions()];
      await client.subscriptions.import({ text: JSON.stringify(subscriptions), publicKey });
      standFor(dataDir, dialect);
      subscriptions.forEach(({ endpoint }, index) => {
        const unsubscribe = () => {
          fleet.unsubscribe(index);
        };
        devices.push({ endpoint, dialect, service, unsubscribe });
      });
    }
    if (attributesOf !== undefined) setAttributes(dataDir, attributesOf);
    const messageId = randomUUID();
    await client.campaigns.start({
      requestId: messageId,
      message: messageSchema.parse({
        title: 'Hello',
        body: 'To all of you.',
        ttlSeconds: 3600,
        ...message,
      }),
      audience: { kind: 'everyone' },
      canary,
      ...(schedule === undefined ? {} : { schedule }),
    });
    return { messageId, devices };
  } finally {
    await engine.stop();
  }
}

/** What is known about everyone changes at once, in a store that no engine is writing to. */
export function setAttributes(
  dataDir: string,
  attributesOf: (endpoint: string) => Readonly<Record<string, string>>,
): void {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'));
  try {
    connection.function('attributes_of', (endpoint) => JSON.stringify(attributesOf(String(endpoint))));
    connection
      .prepare(
        `INSERT INTO people (id, attributes) SELECT id, attributes_of(endpoint) FROM subscriptions WHERE true
         ON CONFLICT (id) DO UPDATE SET attributes = excluded.attributes`,
      )
      .run();
  } finally {
    connection.close();
  }
}

/** Whatever came in last belongs to this service. */
function standFor(dataDir: string, dialect: DialectName): void {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'));
  try {
    connection.prepare(`UPDATE subscriptions SET push_service = ? WHERE push_service = 'other'`).run(dialect);
  } finally {
    connection.close();
  }
}
