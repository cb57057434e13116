import type { DeliveryId } from '../../contract/ids.ts';
import type { WritableDb } from '../store/database.ts';
import { soundCountSql } from '../store/sound.ts';

/** Removes deliveries from the store, with everything that depends on them. */
export interface DeliveryRemovalStore {
  /**
   * Includes their attempts, what devices reported about them, and the answers that no other delivery shares. To be called within a
   * transaction; the sums stay.
   */
  remove(ids: readonly DeliveryId[]): void;
}

const GIVEN = '(SELECT value FROM json_each(@ids))';

export function createDeliveryRemovalStore(db: WritableDb): DeliveryRemovalStore {
  const texts = db.read<{ ids: string }, { id: number; uses: number }>(
    `SELECT id, count(*) AS uses FROM (
       SELECT answer_list_id AS id FROM attempts WHERE delivery_id IN ${GIVEN}
       UNION ALL SELECT answer_body_id FROM attempts WHERE delivery_id IN ${GIVEN})
     WHERE id IS NOT NULL GROUP BY id`,
  );
  const leaveText = db.write<{ id: number; uses: number }>(
    `UPDATE answer_texts SET uses = ${soundCountSql('uses')} - @uses WHERE id = @id`,
  );
  const dropTexts = db.write<{ ids: string }>(`DELETE FROM answer_texts WHERE id IN ${GIVEN} AND uses <= 0`);
  const dropAttempts = db.write<{ ids: string }>(`DELETE FROM attempts WHERE delivery_id IN ${GIVEN}`);
  const dropReceipts = db.write<{ ids: string }>(`DELETE FROM receipts WHERE delivery_id IN ${GIVEN}`);
  const dropValues = db.write<{ ids: string }>(`DELETE FROM delivery_values WHERE delivery_id IN ${GIVEN}`);
  const dropDeliveries = db.write<{ ids: string }>(`DELETE FROM deliveries WHERE id IN ${GIVEN}`);
  return {
    remove(deliveries) {
      const ids = JSON.stringify(deliveries);
      const left = texts.all({ ids });
      for (const text of left) leaveText.run(text);
      dropAttempts.run({ ids });
      dropTexts.run({ ids: JSON.stringify(left.map(({ id }) => id)) });
      dropReceipts.run({ ids });
      dropValues.run({ ids });
      dropDeliveries.run({ ids });
    },
  };
}
