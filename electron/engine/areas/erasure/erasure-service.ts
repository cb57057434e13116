import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { EraseInput, erasedSchema, erasePreviewSchema } from '../../../contract/erasure.ts';
import type { CampaignId, SubscriptionId } from '../../../contract/ids.ts';
import { createTally } from '../../dispatch/tally.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { listBackups } from '../../store/backup.ts';
import { createCampaignSumStore } from '../../dispatch/campaign-sum-store.ts';
import { createEraseStore, type ErasedDelivery, type ErasedSubscription } from './erase-store.ts';
import type { Store } from '../../store/open-store.ts';
import type { SettingsStore } from '../../store/settings-store.ts';
import type { SearchIndexer } from '../subscriptions/subscription-service.ts';
import {
  filterOfIds,
  idsOfView,
  lessThan,
  type SubscriptionSelection,
} from '../subscriptions/subscription-selection-service.ts';
import { holdsAny } from './traces.ts';

/** The most subscriptions that one transaction erases, and the most lookups in the deliveries for each transaction. */
const PIECE = 500;
const LOOK_UPS_A_PIECE = 20_000;
/** Up to this many are looked for in the file afterwards; with more, it is assumed that traces are left. */
const SOUGHT = 20;
/** Last characters of an endpoint: its secret part. */
const SOUGHT_NAME = 8;
const SOUGHT_CHARACTERS = 24;
/** A larger file is rewritten at the next start, when nobody is waiting for an answer from the engine. */
const COMPACT_NOW_BYTES = 256 * 1024 * 1024;

const PENDING = 'compact-at-start';

/** Erases what belongs to a person, for good. */
export interface Erasure {
  previewErase(input: EraseInput): Promise<z.infer<typeof erasePreviewSchema>>;
  /**
   * Erases subscriptions with their deliveries, attempts and answers. The counts of campaigns stay as they were; what was still to be sent
   * to them counts as cancelled.
   *
   * @param input `ids: null`: all that lies in the bin now; a filter: all that match now
   * @param signal ends the work between two pieces; what is erased stays erased
   */
  erase(input: EraseInput, signal?: AbortSignal): Promise<z.infer<typeof erasedSchema>>;
  isErasing(): boolean;
  /** Resolves when nothing is being erased. */
  settled(): Promise<void>;
  /** Before anything is sent: rewrites the file if that was postponed to a start. */
  finishAtStart(): void;
}

export interface ErasureOptions {
  store: Pick<Store, 'db' | 'file' | 'checkpoint' | 'compact'>;
  settings: SettingsStore;
  campaigns: {
    /** Some deliveries of these campaigns were taken away, so they may be finished. */
    lookAgain(ids: readonly CampaignId[]): void;
    isSending(): boolean;
  };
  selection: Pick<SubscriptionSelection, 'prepare' | 'stretches' | 'view'>;
  searchIndex: Pick<SearchIndexer, 'forget' | 'idle'>;
  people: { forget(ids: readonly number[]): void };
  acts: { forgetRows(ids: readonly number[]): void };
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
}

const OPEN: readonly string[] = ['queued', 'retrying', 'sending'];
const isOpen = ({ state }: ErasedDelivery) => OPEN.includes(state);

export function createErasure(options: ErasureOptions): Erasure {
  const { store, settings, campaigns, selection, searchIndex, people, acts, changes, clock, log } = options;
  const { db } = store;
  const rows = createEraseStore(db);
  const sums = createCampaignSumStore(db);

  const pieceSize = () =>
    Math.max(1, Math.min(PIECE, Math.floor(LOOK_UPS_A_PIECE / (rows.campaignCount() + 1))));

  /** Deliveries that were still to come are settled, so that their campaign can end. */
  const countEnds = (deliveries: readonly ErasedDelivery[]) => {
    const tally = createTally();
    for (const delivery of deliveries.filter(isOpen)) {
      tally.add(delivery, delivery.state, delivery.diagnosis, -1);
      if (delivery.isUncounted) continue;
      tally.add(delivery, 'cancelled', 'erased', 1);
      tally.addEnd(delivery, 'cancelled');
    }
    tally.write(sums, clock.now());
  };

  const erasePiece = (ids: readonly SubscriptionId[]) => {
    const erased = db.eraseRows(() => {
      const subscriptions = rows.subscriptions(ids);
      const existing = subscriptions.map(({ id }) => id);
      const deliveries = rows.deliveries(existing);
      countEnds(deliveries);
      people.forget(existing);
      acts.forgetRows(existing);
      rows.erase(
        existing,
        deliveries.map(({ id }) => id),
        clock.now(),
      );
      rows.redact(subscriptions);
      searchIndex.forget(existing);
      return { subscriptions, deliveries };
    });
    campaigns.lookAgain([...new Set(erased.deliveries.filter(isOpen).map(({ campaignId }) => campaignId))]);
    return erased;
  };

  const compactLater = () => {
    settings.set(PENDING, 'true');
    return 'at-next-start' as const;
  };

  /** Old versions of a row may linger in unused pages of the file; if so, the file is rewritten. */
  const removeTraces = async (erased: readonly ErasedSubscription[], signal: AbortSignal | undefined) => {
    try {
      // When the engine is stopping, for example, nobody should have to wait for the file.
      if (signal?.aborted === true) return compactLater();
      if (!store.checkpoint()) return compactLater();
      if (erased.length <= SOUGHT && !(await holdsAny(store.file, erased.flatMap(needlesOf)))) return 'gone';
      if (campaigns.isSending() || statSync(store.file).size > COMPACT_NOW_BYTES) return compactLater();
      store.compact();
      return 'gone';
    } catch (error) {
      // The rows are erased, but a full disk keeps the file from being rewritten now.
      log.warn({ error: String(error) }, 'the store could not be written anew after erasing');
      return compactLater();
    }
  };

  /** Fixed before the first piece: a million ids take 8 MB while it runs. */
  const matching = async ({ filter, except }: Extract<EraseInput, { filter: unknown }>) => {
    const rowsOf = lessThan(selection.prepare(filter), filterOfIds(except));
    const ids: SubscriptionId[] = [];
    for (let stretch = 0; stretch < selection.stretches(); stretch += 1) {
      const view = selection.view(stretch);
      for (const id of idsOfView(rowsOf.bits(view), view)) ids.push(id as SubscriptionId);
      await nextTurn();
    }
    return ids;
  };

  const pieces = function* (ids: readonly SubscriptionId[] | null): Generator<readonly SubscriptionId[]> {
    if (ids !== null) {
      const size = pieceSize();
      for (let at = 0; at < ids.length; at += size) yield ids.slice(at, at + size);
      return;
    }
    // What is moved to the bin later is not included.
    const before = clock.now();
    for (;;) {
      const some = rows.inBin(before, pieceSize());
      if (some.length === 0) return;
      yield some;
    }
  };

  const running = new Set<Promise<unknown>>();

  const eraseAll = async (
    input: EraseInput,
    signal: AbortSignal | undefined,
  ): Promise<z.infer<typeof erasedSchema>> => {
    let count = 0;
    let deliveries = 0;
    const sought: ErasedSubscription[] = [];
    const gone: SubscriptionId[] = [];
    const ids = 'ids' in input ? input.ids : await matching(input);
    for (const piece of pieces(ids)) {
      if (signal?.aborted === true) break;
      const erased = erasePiece(piece);
      for (const { id } of erased.subscriptions) gone.push(id);
      count += erased.subscriptions.length;
      deliveries += erased.deliveries.length;
      if (sought.length <= SOUGHT) sought.push(...erased.subscriptions);
      changes.publish('subscriptions', 'campaigns', 'deliveries', 'keys', 'app');
      await nextTurn();
    }
    // Bitmaps that were being built in the meantime may still hold them.
    await searchIndex.idle();
    db.transaction(() => {
      searchIndex.forget(gone);
    });
    const traces = count === 0 ? 'gone' : await removeTraces(sought, signal);
    if (count > 0) log.info({ count, deliveries, traces }, 'subscriptions were erased');
    return { count, deliveries, traces, backups: listBackups(store.file) };
  };

  return {
    isErasing: () => running.size > 0,

    async settled() {
      await Promise.allSettled(running);
    },

    async previewErase(input) {
      const ids = 'ids' in input ? input.ids : await matching(input);
      const backups = listBackups(store.file);
      if (ids === null) return { subscriptions: rows.binCount(), deliveries: null, open: null, backups };
      const isMany = ids.length > pieceSize();
      // What a filter found exists; ids may belong to rows that are gone.
      if (isMany && !('ids' in input))
        return { subscriptions: ids.length, deliveries: null, open: null, backups };
      const existing = rows.subscriptions(ids).map(({ id }) => id);
      const few = existing.length <= pieceSize();
      const deliveries = few ? rows.deliveries(existing) : null;
      return {
        subscriptions: existing.length,
        deliveries: deliveries?.length ?? null,
        open: deliveries?.filter(isOpen).length ?? null,
        backups,
      };
    },

    erase(input, signal) {
      const work = eraseAll(input, signal);
      running.add(work);
      return work.finally(() => running.delete(work));
    },

    finishAtStart() {
      if (settings.get(PENDING) !== 'true') return;
      try {
        store.compact();
        settings.set(PENDING, 'false');
      } catch (error) {
        log.warn({ error: String(error) }, 'the store could not be written anew; the next start tries again');
      }
    },
  };
}

function needlesOf({ endpoint, p256dh, auth, label, externalId }: ErasedSubscription): string[] {
  // Short texts also occur in other people's rows.
  const names = [label, externalId].flatMap((name) =>
    name !== null && name.length >= SOUGHT_NAME ? [name] : [],
  );
  return [endpoint.slice(-SOUGHT_CHARACTERS), p256dh, auth, ...names];
}
