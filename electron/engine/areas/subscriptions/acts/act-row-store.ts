import type { SubscriptionId } from '../../../../contract/ids.ts';
import type { SubscriptionState } from '../../../../contract/subscriptions.ts';
import type { WritableDb } from '../../../store/database.ts';

/** What acts change in the rows of subscriptions themselves. */
export interface ActRowStore {
  /** Those of these that exist. */
  existing(ids: readonly number[]): SubscriptionId[];
  /** Gives them this key, and says which key each had before; those that already had it are left out. */
  setKey(ids: readonly number[], publicKey: string | null): { had: string | null; id: number }[];
  /** Only those that still have `publicKey`. */
  giveKeyBack(ids: readonly number[], publicKey: string | null, before: string | null): number;
  /** Their state before they are restored. */
  states(
    ids: readonly number[],
  ): { id: number; state: SubscriptionState; stateChangedAt: number; deletedAt: number | null }[];
  /** Only those that were put in the bin at this time. */
  unbin(ids: readonly number[], deletedAt: number, now: number): number;
  binAgain(ids: readonly number[], deletedAt: number, now: number): number;
  /** Only those that are active and outside the bin. */
  retireAgain(ids: readonly number[], state: SubscriptionState, stateChangedAt: number, now: number): number;
}

const GIVEN = '(SELECT value FROM json_each(@ids))';

export function createActRowStore(db: WritableDb): ActRowStore {
  const existing = db.read<{ ids: string }, { id: SubscriptionId }>(
    `SELECT id FROM subscriptions WHERE id IN ${GIVEN} ORDER BY id`,
  );
  const keys = db.read<{ ids: string; publicKey: string | null }, { had: string | null; id: number }>(
    `SELECT public_key AS had, id FROM subscriptions WHERE id IN ${GIVEN} AND public_key IS NOT @publicKey`,
  );
  const setKey = db.write<{ ids: string; publicKey: string | null }>(
    `UPDATE subscriptions SET public_key = @publicKey WHERE id IN ${GIVEN} AND public_key IS NOT @publicKey`,
  );
  const giveKey = db.write<{ ids: string; publicKey: string | null; before: string | null }>(
    `UPDATE subscriptions SET public_key = @before WHERE id IN ${GIVEN} AND public_key IS @publicKey`,
  );
  const states = db.read<
    { ids: string },
    { id: number; state: SubscriptionState; stateChangedAt: number; deletedAt: number | null }
  >(
    `SELECT id, state, state_changed_at AS stateChangedAt, deleted_at AS deletedAt FROM subscriptions WHERE id IN ${GIVEN}`,
  );
  const unbin = db.write<{ ids: string; deletedAt: number; now: number }>(
    `UPDATE subscriptions SET deleted_at = NULL, state_cause = 'person', cause_at = @now
     WHERE id IN ${GIVEN} AND deleted_at = @deletedAt`,
  );
  const rebin = db.write<{ ids: string; deletedAt: number; now: number }>(
    `UPDATE subscriptions SET deleted_at = @deletedAt, state_cause = 'person', cause_at = @now
     WHERE id IN ${GIVEN} AND deleted_at IS NULL`,
  );
  const retire = db.write<{ ids: string; state: SubscriptionState; stateChangedAt: number; now: number }>(
    `UPDATE subscriptions SET state = @state, state_changed_at = @stateChangedAt, state_cause = 'person', cause_at = @now
     WHERE id IN ${GIVEN} AND deleted_at IS NULL AND state = 'active'`,
  );
  const json = (ids: readonly number[]) => JSON.stringify(ids);
  return {
    existing: (ids) => existing.all({ ids: json(ids) }).map(({ id }) => id),
    setKey(ids, publicKey) {
      const changed = keys.all({ ids: json(ids), publicKey });
      setKey.run({ ids: json(ids), publicKey });
      return changed;
    },
    giveKeyBack: (ids, publicKey, before) => giveKey.run({ ids: json(ids), publicKey, before }).changes,
    states: (ids) => states.all({ ids: json(ids) }),
    unbin: (ids, deletedAt, now) => unbin.run({ ids: json(ids), deletedAt, now }).changes,
    binAgain: (ids, deletedAt, now) => rebin.run({ ids: json(ids), deletedAt, now }).changes,
    retireAgain: (ids, state, stateChangedAt, now) =>
      retire.run({ ids: json(ids), state, stateChangedAt, now }).changes,
  };
}
