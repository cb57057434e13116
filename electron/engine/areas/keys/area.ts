import path from 'node:path';
import type { keyProcedures } from '../../../contract/keys.ts';
import { openKeyVault, type KeyVault } from '../../keys/key-vault.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { SubscriptionMoves } from '../subscriptions/subscription-moves-service.ts';
import type { SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { createKeyPairStore } from './key-pair-store.ts';
import { createKeyService, type KeyService } from './key-service.ts';

export interface KeysArea extends Area<typeof keyProcedures> {
  readonly keys: KeyService;
  readonly vault: KeyVault;
}

/** @param needs `onReady`: called when a private half that could not be opened becomes available */
export async function createKeysArea(
  { options, store, host, changes, clock, log, secrets }: Ground,
  needs: { sums: SubscriptionSums; moves: SubscriptionMoves; onReady: () => void },
): Promise<KeysArea> {
  const vault = await openKeyVault({
    file: path.join(options.dataDir, 'private-keys.json'),
    keyRing: host?.keyRing ?? null,
    onChange: () => {
      changes.publish('keys', 'subscriptions', 'app');
    },
    log,
  });
  const keys = createKeyService({
    store: createKeyPairStore(store.db),
    sums: needs.sums,
    moves: needs.moves,
    vault,
    saveTextFile: host === null ? null : (file) => host.desktop.saveTextFile(file),
    changes,
    clock,
    log,
    onReady: needs.onReady,
  });
  if (secrets.keyPair !== null) keys.hold(secrets.keyPair);
  return {
    keys,
    vault,
    procedures: keys,
    start() {
      // The window is already open and says what it is waiting for; work that needs the keys goes on once they are ready.
      if (!keys.isLocked()) return;
      keys.unlock().catch((error: unknown) => {
        log.error({ error: String(error) }, 'the key ring could not be unlocked');
      });
    },
  };
}
