import type { KeyPairId, SubscriptionId } from '../../../../contract/ids.ts';
import type { Recipient } from '../../../../core/message/variables/personal.ts';
import type { ReadableDb } from '../../../store/database.ts';
import { parsed, soundTexts } from '../../../store/sound.ts';
import { MEANT } from '../audience-store.ts';

/** Subscriptions of a stretch of rows that a send can reach. */
export interface RecipientRange {
  /** Only these of them; `null`: all. */
  readonly ids: readonly SubscriptionId[] | null;
  readonly after: number;
  readonly upTo: number;
  readonly keyPairIds: readonly KeyPairId[];
  readonly fallbackKeyPairId: KeyPairId | null;
}

export interface RecipientStore {
  /** What is known of those whom deliveries would be written for. */
  list(range: RecipientRange, now: number): { id: SubscriptionId; recipient: Recipient }[];
}

interface Raw {
  id: number;
  label: string | null;
  external_id: string | null;
  tags: string | null;
  attributes: string | null;
}

export function createRecipientStore(db: ReadableDb): RecipientStore {
  const SELECT = `SELECT s.id, p.label, p.external_id, p.tags, p.attributes
    ${MEANT.replace('WHERE', 'LEFT JOIN people p ON p.id = s.id WHERE')}`;
  const everyone = db.read<object, Raw>(`${SELECT} ORDER BY s.id`);
  const chosen = db.read<object, Raw>(
    `${SELECT} AND s.id IN (SELECT value FROM json_each(@ids)) ORDER BY s.id`,
  );
  const names = db.read<object, { id: number; name: string }>(
    `SELECT id, name FROM facts WHERE kind = 'tag'`,
  );

  return {
    list({ ids, after, upTo, keyPairIds, fallbackKeyPairId }, now) {
      const values = { after, upTo, keyPairIds: JSON.stringify(keyPairIds), fallbackKeyPairId, now };
      const rows = ids === null ? everyone.all(values) : chosen.all({ ...values, ids: JSON.stringify(ids) });
      const tags = new Map(names.all({}).map(({ id, name }) => [id, name]));
      return rows.map((raw) => ({ id: raw.id as SubscriptionId, recipient: recipientOf(raw, tags) }));
    },
  };
}

function recipientOf(raw: Raw, names: ReadonlyMap<number, string>): Recipient {
  const ids = raw.tags === null || raw.tags === '[]' ? [] : parsed(raw.tags);
  return {
    label: raw.label,
    externalId: raw.external_id,
    tags: Array.isArray(ids) ? ids.flatMap((id: unknown) => names.get(Number(id)) ?? []) : [],
    attributes: raw.attributes === null ? {} : soundTexts(raw.attributes),
  };
}
