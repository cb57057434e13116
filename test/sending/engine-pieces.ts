import { createSubscriptionSums } from '../../electron/engine/areas/subscriptions/subscription-sums-service.ts';
import path from 'node:path';
import {
  createCampaignService,
  type CampaignService,
} from '../../electron/engine/areas/campaigns/campaign-service.ts';
import type { Log } from '../../electron/engine/base/log.ts';
import type { RawKeyPair } from '../../electron/engine/keys/curve.ts';
import { createEncryptorPool } from '../../electron/engine/wire/encryption/encryptor-pool.ts';
import { createLocalBatchSender } from '../../electron/engine/wire/local-batch-sender.ts';
import { createTransport } from '../../electron/engine/wire/transport/transport.ts';
import { createVapidTokens } from '../../electron/engine/dispatch/vapid-tokens.ts';
import { createKeyPairStore } from '../../electron/engine/areas/keys/key-pair-store.ts';
import { openStore, type Store } from '../../electron/engine/store/open-store.ts';
import { createSettingsStore } from '../../electron/engine/store/settings-store.ts';
import { WORKER_FILES } from '../../electron/engine/testing/engine-options.ts';

export interface EnginePieces {
  store: Store;
  service: CampaignService;
  addKeyPair(pair: RawKeyPair): void;
  close(): Promise<void>;
}

export interface EnginePiecesOptions {
  folder: string;
  /** What the sender trusts; `null`: the system's certificates. */
  trusted: string | null;
  allowPrivate: boolean;
  deadlineMs: number;
  cap: number;
  log: Log;
  onChange: () => void;
}

/** Everything that sends, put together as in the engine, without what is around it. */
export function createEnginePieces(options: EnginePiecesOptions): EnginePieces {
  const { folder, trusted, allowPrivate, deadlineMs, cap, log, onChange } = options;
  const clock = { now: () => Date.now() };
  const store = openStore({ file: path.join(folder, 'pushdesk.db'), log, clock });
  const pairs = createKeyPairStore(store.db);
  const privateKeys = new Map<string, string>();
  const service = createCampaignService({
    db: store.db,
    subscriptions: createSubscriptionSums({ db: store.db, clock, changes: { publish: () => undefined } }),
    keys: {
      list: () =>
        pairs.list().map((row) => ({
          ...row,
          subjectWarning: null,
          canSign: privateKeys.has(row.publicKey),
          privateHalf: privateKeys.has(row.publicKey) ? ('ready' as const) : ('missing' as const),
          privateHalfProblem: null,
          subscriptions: { active: 0, total: 0 },
        })),
      signingKey(id) {
        const row = pairs.get(id);
        const privateKey = row === null ? undefined : privateKeys.get(row.publicKey);
        return row === null || privateKey === undefined ? null : { ...row, keyPairId: id, privateKey };
      },
    },
    settings: createSettingsStore(store.db),
    tokens: createVapidTokens({ clock }),
    sender: createLocalBatchSender({
      encryptor: createEncryptorPool({
        workerFile: WORKER_FILES.encrypt,
        threads: 1,
        log,
      }),
      transport: createTransport({ policyOf: () => ({ allowPrivate, trusted }), deadlineMs }),
      clock,
    }),
    cap: () => cap,
    messagesPerMinute: () => null,
    changes: { publish: onChange },
    clock,
    log,
  });
  return {
    store,
    service,
    addKeyPair({ publicKey, privateKey }) {
      privateKeys.set(publicKey, privateKey);
      if (pairs.byPublicKey(publicKey) === null)
        pairs.add({ name: publicKey, subject: 'mailto:me@example.com', publicKey, createdAt: clock.now() });
    },
    async close() {
      await service.stop();
      store.close();
    },
  };
}
