import type { Topic } from '../../contract/changes.ts';
import {
  subscriptionFilterSchema,
  type Subscription,
  type SubscriptionFilter,
} from '../../contract/subscriptions.ts';
import { createKeyPairStore } from '../areas/keys/key-pair-store.ts';
import { createFactStore } from '../areas/subscriptions/people/fact-store.ts';
import { createFacts } from '../areas/subscriptions/people/facts.ts';
import { createPeopleStore } from '../areas/subscriptions/people/people-store.ts';
import { createPeopleWriter } from '../areas/subscriptions/people/people-writer.ts';
import { createRowKeeper } from '../areas/subscriptions/row-keeper.ts';
import { createSubscriptionBatchStore } from '../areas/subscriptions/subscription-batch-store.ts';
import { createSubscriptionStore } from '../areas/subscriptions/subscription-store.ts';
import { createSubscriptionService } from '../areas/subscriptions/subscription-service.ts';
import { createSubscriptionMoves } from '../areas/subscriptions/subscription-moves-service.ts';
import { createSubscriptionSums } from '../areas/subscriptions/subscription-sums-service.ts';
import type { KeyPairId } from '../../contract/ids.ts';
import { createSelection } from '../areas/subscriptions/subscription-selection-service.ts';
import { makeKeyPair } from '../keys/curve.ts';
import { capturedLog } from './captured-log.ts';
import { WORKER_FILES } from './engine-options.ts';
import { fakeClock } from './fake-clock.ts';
import { tempStore } from './temp-store.ts';

const asksNone: (campaignId: number) => boolean = () => false;

/** The real service on a real store, with a clock that stands still. */
export function tempSubscriptions({
  allowPrivate = false,
  readImportFile = WORKER_FILES.readImport,
  keyInUse = (): string | null => null,
  asksReceipts = asksNone,
} = {}) {
  const clock = fakeClock();
  const captured = capturedLog();
  const store = tempStore({ clock, log: captured.log });
  const topics: Topic[] = [];
  const keyPairs = createKeyPairStore(store.db);
  const changes = { publish: (...more: Topic[]) => topics.push(...more) };
  const sums = createSubscriptionSums({ db: store.db, clock, changes });
  const moves = createSubscriptionMoves({
    db: store.db,
    clock,
    sums,
    changes,
    log: captured.log,
    // An answer that takes no time is always counted again.
    elapsed: () => 0,
  });
  const publicKeyOf = (id: KeyPairId) => keyPairs.get(id)?.publicKey ?? null;
  const selection = createSelection({ db: store.db, sums, publicKeyOf, asksReceipts, clock });
  const facts = createFacts(createFactStore(store.db));
  const build = () =>
    createSubscriptionService({
      db: store.db,
      sums,
      moves,
      selection,
      desktop: null,
      publicKeyOf,
      keyInUse,
      privateEndpointsAllowed: () => allowPrivate,
      readImportFile,
      changes,
      clock,
      log: captured.log,
    });
  const service = build();
  return {
    service,
    /** Another service on the same store, as after a restart. */
    newEngine: build,
    /** Stores batches as an import does. */
    keeper: () =>
      createRowKeeper({
        db: store.db,
        store: createSubscriptionStore(store.db),
        batches: createSubscriptionBatchStore(store.db),
        people: createPeopleWriter({ store: createPeopleStore(store.db), facts }),
        facts,
        publicKey: null,
        now: () => clock.now(),
      }),
    sums,
    moves,
    selection,
    clock,
    captured,
    db: store.db,
    topics,
    addKeyPair: (name: string) =>
      keyPairs.add({
        name,
        subject: 'mailto:me@example.com',
        publicKey: makeKeyPair().publicKey,
        createdAt: 0,
      }),
    filter: (more: Partial<SubscriptionFilter> = {}) => subscriptionFilterSchema.parse(more),
    /** Every row of the list, or of the bin. */
    all: (more: Partial<SubscriptionFilter> = {}): Subscription[] =>
      service.list({ filter: subscriptionFilterSchema.parse(more), cursor: null, limit: 500 }).items,
  };
}
