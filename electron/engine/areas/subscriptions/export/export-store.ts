import type { SubscriptionId } from '../../../../contract/ids.ts';
import type { ReadableDb } from '../../../store/database.ts';
import type { ExportRow } from '../../../../core/subscription/export-rows.ts';
import { attributesOf, tagsOf, type RawPerson } from '../people/people-store.ts';
import { soundInstant, soundInstantOrNull } from '../../../store/sound.ts';
import type { TagNames } from '../subscription-row.ts';

/** Rows on their way out. */
export interface ExportStore {
  /** In the order of their ids; those that are gone are left out. */
  rows(ids: readonly number[]): (ExportRow & { readonly id: SubscriptionId })[];
}

type Raw = RawPerson & { id: SubscriptionId } & Pick<ExportRow, 'endpoint' | 'p256dh' | 'auth' | 'state'> & {
    expiration_time: number | null;
    public_key: string | null;
    added_at: number;
  };

export function createExportStore(db: ReadableDb, tagNames: TagNames): ExportStore {
  const some = db.read<{ ids: string }, Raw>(
    `SELECT s.id, s.endpoint, s.expiration_time, s.p256dh, s.auth, s.public_key, s.state, s.added_at,
       p.label, p.external_id, p.tags, p.attributes, p.page_names
     FROM subscriptions s LEFT JOIN people p ON p.id = s.id
     WHERE s.id IN (SELECT value FROM json_each(@ids)) ORDER BY s.id`,
  );
  return {
    rows(ids) {
      // Most rows have one of the same few lists of tags.
      const tagLists = new Map<string, readonly string[]>();
      const namesOf = (tags: string): readonly string[] => {
        const names = tagLists.get(tags) ?? tagNames(tagsOf(tags));
        tagLists.set(tags, names);
        return names;
      };
      return some.all({ ids: JSON.stringify(ids) }).map((raw) => {
        const { id, endpoint, p256dh, auth, state, added_at: addedAt } = raw;
        return {
          id,
          endpoint,
          p256dh,
          auth,
          state,
          addedAt: soundInstant(addedAt),
          expirationTime: soundInstantOrNull(raw.expiration_time),
          publicKey: raw.public_key,
          label: raw.label,
          externalId: raw.external_id,
          tags: raw.tags === null ? [] : namesOf(raw.tags),
          attributes: attributesOf(raw.attributes),
        };
      });
    },
  };
}
