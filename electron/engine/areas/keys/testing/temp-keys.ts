import path from 'node:path';
import type { Topic } from '../../../../contract/changes.ts';
import { createKeyPairStore } from '../key-pair-store.ts';
import { createSubscriptionSumStore } from '../../subscriptions/subscription-sum-store.ts';
import type { Host } from '../../../base/host.ts';
import { capturedLog } from '../../../testing/captured-log.ts';
import { fakeClock } from '../../../testing/fake-clock.ts';
import { tempFolder } from '../../../testing/temp-folder.ts';
import { tempStore } from '../../../testing/temp-store.ts';
import { createKeyService } from '../key-service.ts';
import { createSubscriptionMoves } from '../../subscriptions/subscription-moves-service.ts';
import { openKeyVault } from '../../../keys/key-vault.ts';

/** A contact that every push service takes. */
export const subject = 'mailto:owner@example.com';

/** Key pairs over a store and a vault of their own. */
export async function tempKeys({ host = null as Host | null } = {}) {
  const folder = tempFolder();
  const clock = fakeClock();
  const captured = capturedLog();
  const store = tempStore({ folder, clock });
  const topics: Topic[] = [];
  let ready = 0;
  const open = async (around: Host | null = host) =>
    createKeyService({
      store: createKeyPairStore(store.db),
      sums: createSubscriptionSumStore(store.db),
      moves: createSubscriptionMoves({
        db: store.db,
        clock,
        sums: createSubscriptionSumStore(store.db),
        changes: { publish: () => undefined },
        log: captured.log,
      }),
      vault: await openKeyVault({
        file: path.join(folder, 'private-keys.json'),
        keyRing: around?.keyRing ?? null,
        onChange: () => undefined,
        log: captured.log,
      }),
      saveTextFile: around?.desktop.saveTextFile ?? null,
      changes: { publish: (...more) => topics.push(...more) },
      clock,
      log: captured.log,
      onReady: () => {
        ready += 1;
      },
    });
  const subscribe = (publicKey: string | null, state = 'active', deletedAt: number | null = null) =>
    store.db
      .write<object>(
        `INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, public_key, state, source, added_at, state_changed_at, deleted_at)
         VALUES ('https://push.example/' || hex(randomblob(8)), randomblob(16), 'other', 'p', 'a', @publicKey, @state, 'page', 0, 0, @deletedAt)`,
      )
      .run({ publicKey, state, deletedAt });
  return { keys: await open(), open, clock, captured, store, topics, subscribe, ready: () => ready };
}
