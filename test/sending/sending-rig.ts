import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import type { CampaignDetail } from '../../electron/contract/campaigns.ts';
import { messageSchema, type Message } from '../../electron/contract/message.ts';
import type { SubscriptionJson } from '../../electron/contract/http.ts';
import type { CampaignService } from '../../electron/engine/areas/campaigns/campaign-service.ts';
import { makeKeyPair } from '../../electron/engine/keys/curve.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import type { Store } from '../../electron/engine/store/open-store.ts';
import { createSubscriptionStore } from '../../electron/engine/areas/subscriptions/subscription-store.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import { pushServiceOf } from '../../electron/core/push-services/push-service.ts';
import { createEnginePieces } from './engine-pieces.ts';

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

export interface SendingRig {
  push: PushService;
  service: CampaignService;
  store: Store;
  publicKey: string;
  addKeyPair(): string;
  subscribe(subscriptions: Iterable<SubscriptionJson>, publicKey?: string | null): void;
  /** Resolves when the campaign fits; only the test's own time limit ends the wait. */
  until(id: CampaignDetail['id'], fits: (campaign: CampaignDetail) => boolean): Promise<CampaignDetail>;
  finished(id: CampaignDetail['id']): Promise<CampaignDetail>;
  logText(): string;
}

export function message(change: Partial<Message> = {}): Message {
  return messageSchema.parse({ title: 'Hello', body: 'World', ...change });
}

/** Everything that sends, as the engine puts it together, against the complete local push service. */
export async function sendingRig({
  // Ends only what hangs.
  deadlineMs = 120_000,
  allowPrivate = true,
  trusted = true,
  cap = 400,
}: {
  deadlineMs?: number;
  allowPrivate?: boolean;
  trusted?: boolean;
  cap?: number;
} = {}): Promise<SendingRig> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-sending-'));
  undo.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const push = await createPushService({ seed: 'sending' });
  undo.push(() => push.close());
  const captured = capturedLog();
  const listeners = new Set<() => void>();
  const pieces = createEnginePieces({
    folder,
    trusted: trusted ? push.certificatePem : null,
    allowPrivate,
    deadlineMs,
    cap,
    log: captured.log,
    onChange() {
      for (const listener of listeners) listener();
    },
  });
  undo.push(() => pieces.close());
  const { store, service } = pieces;
  const addKeyPair = () => {
    const pair = makeKeyPair();
    pieces.addKeyPair(pair);
    return pair.publicKey;
  };
  const publicKey = addKeyPair();

  const until: SendingRig['until'] = (id, fits) =>
    new Promise((resolve) => {
      const look = () => {
        const campaign = service.get({ id });
        if (!fits(campaign)) return;
        listeners.delete(look);
        resolve(campaign);
      };
      listeners.add(look);
      look();
    });

  return {
    push,
    service,
    store,
    publicKey,
    addKeyPair,
    subscribe(list, key = publicKey) {
      addSubscriptions(store, list, key);
    },
    until,
    finished: (id) => until(id, ({ state }) => state === 'finished'),
    logText: () => captured.text(),
  };
}

export function addSubscriptions(
  store: Store,
  list: Iterable<SubscriptionJson>,
  publicKey: string | null,
): void {
  const subscriptions = createSubscriptionStore(store.db);
  store.db.transaction(() => {
    for (const { endpoint, keys } of list) {
      const values = {
        endpoint,
        pushService: pushServiceOf(endpoint),
        ...keys,
        publicKey,
        expirationTime: null,
        remark: null,
        state: 'active' as const,
        deletedAt: null,
      };
      subscriptions.addNew(values, 'import', Date.now());
    }
  });
}
