import type { z } from 'zod';
import type { audienceProcedures, segmentSchema } from '../../../contract/audience.ts';
import type { SegmentId } from '../../../contract/ids.ts';
import { Refusal } from '../../../contract/problem.ts';
import type { SubscriptionFilter } from '../../../contract/subscriptions.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import { mustStillBe } from '../../base/must-still-be.ts';
import type { Calls } from '../../serve/calls.ts';
import type { WritableDb } from '../../store/database.ts';
import type { SubscriptionSelection } from '../subscriptions/subscription-selection-service.ts';
import { tagKeyOf } from '../subscriptions/subscription-tags-service.ts';
import { mustBeOutsideOfBin } from './outside-of-bin.ts';
import { createPacedCounts } from './paced-counts.ts';
import { createSegmentStore, type RemovedSegment, type SegmentRow } from './segment-store.ts';

export type { SegmentRow };

/** Filters that people save, with how many match. */
export interface Segments extends Calls<(typeof audienceProcedures)['segments']> {
  /** Without counting; `null`: it does not exist. */
  find(id: SegmentId): SegmentRow | null;
  /** A tag has been renamed. */
  renameTag(key: string, to: string): void;
}

export interface SegmentsOptions {
  db: WritableDb;
  selection: Pick<SubscriptionSelection, 'count'>;
  expireDue: () => void;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
}

/** How long a removed one can be put back: an undo follows at once. */
const UNDO_MS = 300_000;

export function createSegments({ db, selection, expireDue, changes, clock }: SegmentsOptions): Segments {
  const store = createSegmentStore(db);
  const removedLast = new Map<SegmentId, { row: RemovedSegment; at: number }>();

  const counted = async (
    rows: readonly SegmentRow[],
    signal?: AbortSignal,
  ): Promise<z.infer<typeof segmentSchema>[]> => {
    expireDue();
    const filters = rows.flatMap(({ filter }) => [filter, activeOf(filter)]);
    const counts = await selection.count(
      filters.flatMap((filter) => filter ?? []),
      signal,
    );
    let at = 0;
    const next = () => counts[at++] ?? 0;
    return rows.map((row) => ({
      ...row,
      count: next(),
      activeCount: activeOf(row.filter) === null ? 0 : next(),
    }));
  };
  const mustGet = (id: SegmentId): SegmentRow => {
    const row = store.get(id);
    if (row === null) throw new Refusal('NOT_FOUND', SEGMENT_UNKNOWN);
    return row;
  };
  const one = async (row: SegmentRow, signal?: AbortSignal) => {
    const [segment] = await counted([row], signal);
    if (segment === undefined) throw new Refusal('NOT_FOUND', SEGMENT_UNKNOWN);
    return segment;
  };
  const all = createPacedCounts({
    count: (signal) => counted(store.list(), signal),
    changeCount: () => db.changeCount(),
    onStale: () => {
      changes.publish('segments');
    },
  });
  const told = () => {
    all.reset();
    changes.publish('segments');
  };

  return {
    find: (id) => store.get(id),
    list: async (_, signal) => ({ items: await all.get(signal) }),
    get: ({ id }, signal) => one(mustGet(id), signal),
    create({ name, filter }, signal) {
      mustBeOutsideOfBin(filter, 'filter');
      const id = store.add(name, filter, clock.now());
      if (id === null) throw nameTaken(name);
      told();
      return one({ id, name, filter }, signal);
    },
    update({ id, name, filter, was }, signal) {
      const before = mustGet(id);
      mustStillBe(before, was);
      if (filter !== undefined) mustBeOutsideOfBin(filter, 'filter');
      const row = { id, name: name ?? before.name, filter: filter ?? before.filter };
      if (!store.update(row)) throw nameTaken(row.name);
      told();
      return one(row, signal);
    },
    remove({ id }) {
      const removed = store.remove(id);
      if (removed === null) return { removed: false };
      const now = clock.now();
      for (const [other, { at }] of removedLast) if (now - at > UNDO_MS) removedLast.delete(other);
      removedLast.set(id, { row: removed, at: now });
      told();
      return { removed: true };
    },
    restore({ id }, signal) {
      const removed = removedLast.get(id);
      if (removed === undefined || clock.now() - removed.at > UNDO_MS)
        throw new Refusal('NOT_FOUND', SEGMENT_UNKNOWN);
      if (!store.putBack(removed.row)) throw nameTaken(removed.row.name);
      removedLast.delete(id);
      told();
      return one(mustGet(id), signal);
    },
    renameTag(key, to) {
      const renamed = (names: readonly string[]) => [
        ...new Set(names.map((name) => (tagKeyOf(name) === key ? to : name))),
      ];
      for (const row of store.list()) {
        const { tagsAnyOf, tagsAllOf, tagsNoneOf } = row.filter;
        store.update({
          ...row,
          filter: {
            ...row.filter,
            tagsAnyOf: renamed(tagsAnyOf),
            tagsAllOf: renamed(tagsAllOf),
            tagsNoneOf: renamed(tagsNoneOf),
          },
        });
      }
      told();
    },
  };
}

/** Its active members; `null`: its filter asks only for others. */
function activeOf(filter: SubscriptionFilter): SubscriptionFilter | null {
  if (filter.states.length > 0 && !filter.states.includes('active')) return null;
  return { ...filter, states: ['active'] };
}

const SEGMENT_UNKNOWN = {
  code: 'segment-unknown',
  cause: 'This segment no longer exists.',
  cure: 'Choose another segment.',
};

const nameTaken = (name: string) =>
  new Refusal('CONFLICT', {
    code: 'segment-name-taken',
    cause: `There is already a segment called “${name}”.`,
    cure: 'Use another name.',
    field: 'name',
  });
