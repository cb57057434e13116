import type { KeyPairId, SubscriptionId } from '../../../../contract/ids.ts';
import { pushServiceSchema, type PushServiceId } from '../../../../contract/push-service.ts';
import type { RecipientPreview } from '../../../../contract/recipient-preview.ts';
import type { Recipient } from '../../../../core/message/variables/personal.ts';
import type { ReadableDb } from '../../../store/database.ts';
import { parsed, soundTexts, soundWord } from '../../../store/sound.ts';
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

/** Somebody for whom a delivery would be written. */
export interface ListedRecipient {
  readonly id: SubscriptionId;
  readonly pushService: PushServiceId;
  /** The key pair that would sign. */
  readonly keyPairId: KeyPairId;
  /** What is known of them. */
  readonly recipient: Recipient;
}

export interface RecipientStore {
  /** Those for whom deliveries would be written. */
  list(range: RecipientRange, now: number): ListedRecipient[];
  /** The first or the last of them; `null`: there is none. */
  end(range: RecipientRange, which: 'first' | 'last', now: number): SubscriptionId | null;
  /** What is known of one, whether it can be reached or not; `null`: it does not exist. */
  one(id: SubscriptionId): { subscription: RecipientPreview['subscription']; recipient: Recipient } | null;
}

interface Raw {
  id: number;
  label: string | null;
  external_id: string | null;
  tags: string | null;
  attributes: string | null;
}

interface RawListed extends Raw {
  push_service: string;
  key_pair_id: number;
}

const KNOWN = 'p.label, p.external_id, p.tags, p.attributes';
const AMONG = 'AND s.id IN (SELECT value FROM json_each(@ids))';

export function createRecipientStore(db: ReadableDb): RecipientStore {
  const SELECT = `SELECT s.id, s.push_service, ifnull(k.id, @fallbackKeyPairId) AS key_pair_id, ${KNOWN}
    ${MEANT.replace('WHERE', 'LEFT JOIN people p ON p.id = s.id WHERE')}`;
  const everyone = db.read<object, RawListed>(`${SELECT} ORDER BY s.id`);
  const chosen = db.read<object, RawListed>(`${SELECT} ${AMONG} ORDER BY s.id`);
  const endOf = (order: 'ASC' | 'DESC') => ({
    ofAll: db.read<object, { id: number }>(`SELECT s.id ${MEANT} ORDER BY s.id ${order} LIMIT 1`),
    ofChosen: db.read<object, { id: number }>(`SELECT s.id ${MEANT} ${AMONG} ORDER BY s.id ${order} LIMIT 1`),
  });
  const ends = { first: endOf('ASC'), last: endOf('DESC') };
  const one = db.read<{ id: number }, Raw & { endpoint: string; push_service: string }>(
    `SELECT s.id, s.endpoint, s.push_service, ${KNOWN}
     FROM subscriptions s LEFT JOIN people p ON p.id = s.id WHERE s.id = @id`,
  );
  const names = db.read<object, { id: number; name: string }>(
    `SELECT id, name FROM facts WHERE kind = 'tag'`,
  );
  const tagNames = () => new Map(names.all({}).map(({ id, name }) => [id, name]));
  const valuesOf = ({ ids, keyPairIds, ...range }: RecipientRange, now: number) => ({
    ...range,
    keyPairIds: JSON.stringify(keyPairIds),
    now,
    ...(ids === null ? {} : { ids: JSON.stringify(ids) }),
  });

  return {
    list(range, now) {
      const rows = (range.ids === null ? everyone : chosen).all(valuesOf(range, now));
      const tags = tagNames();
      return rows.map((raw) => ({
        id: raw.id as SubscriptionId,
        pushService: soundWord(pushServiceSchema, raw.push_service, 'other'),
        keyPairId: raw.key_pair_id as KeyPairId,
        recipient: recipientOf(raw, tags),
      }));
    },
    end(range, which, now) {
      const { ofAll, ofChosen } = ends[which];
      const found = (range.ids === null ? ofAll : ofChosen).get(valuesOf(range, now));
      return found === undefined ? null : (found.id as SubscriptionId);
    },
    one(id) {
      const raw = one.get({ id });
      if (raw === undefined) return null;
      const { label, external_id: externalId, endpoint, push_service: service } = raw;
      const pushService = soundWord(pushServiceSchema, service, 'other');
      return {
        subscription: { id, label, externalId, endpoint, pushService },
        recipient: recipientOf(raw, tagNames()),
      };
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
