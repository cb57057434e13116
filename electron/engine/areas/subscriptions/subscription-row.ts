import type { KeyPairId, SubscriptionId } from '../../../contract/ids.ts';
import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import { deliveryStateSchema, type DeliveryState } from '../../../contract/deliveries.ts';
import {
  subscriptionSourceSchema,
  subscriptionStateSchema,
  type Subscription,
  type SubscriptionSource,
  type SubscriptionState,
} from '../../../contract/subscriptions.ts';
import { soundInstant, soundInstantOrNull, soundPublicKey, soundWord } from '../../store/sound.ts';
import { visibleOwnText } from '../../../core/text/visible-text.ts';
import { toPerson, type RawPerson } from './people/people-store.ts';

/** Tag names by the ids of their facts. */
export type TagNames = (ids: readonly number[]) => string[];

/** A row of `subscriptions` with the key pair it belongs to, as SQLite gives it. */
export interface RawSubscription extends RawPerson {
  id: number;
  endpoint: string;
  push_service: PushServiceId;
  state: SubscriptionState;
  public_key: string | null;
  key_pair_id: number | null;
  key_pair_name: string | null;
  expiration_time: number | null;
  source: SubscriptionSource;
  remark: string | null;
  added_at: number;
  state_changed_at: number;
  last_delivery_at: number | null;
  last_delivery_state: DeliveryState | null;
  last_accepted_at: number | null;
  deleted_at: number | null;
}

export const SELECT_SUBSCRIPTIONS = `SELECT s.id, s.endpoint, s.push_service, s.state, s.public_key, k.id AS key_pair_id,
    k.name AS key_pair_name, s.expiration_time, s.source, s.remark, s.added_at, s.state_changed_at,
    s.last_delivery_at, s.last_delivery_state, s.last_accepted_at, s.deleted_at,
    p.label, p.external_id, p.tags, p.attributes, p.page_names
  FROM subscriptions s LEFT JOIN key_pairs k ON k.public_key = s.public_key LEFT JOIN people p ON p.id = s.id`;

export function toSubscription(raw: RawSubscription, tagNames: TagNames): Subscription {
  const { label, externalId, tags, attributes } = toPerson(raw);
  return {
    id: raw.id as SubscriptionId,
    endpoint: raw.endpoint,
    pushService: soundWord(pushServiceSchema, raw.push_service, 'other'),
    state: soundWord(subscriptionStateSchema, raw.state, 'gone'),
    publicKey: soundPublicKey(raw.public_key),
    keyPairId: raw.key_pair_id as KeyPairId | null,
    keyPairName: raw.key_pair_name === null ? null : visibleOwnText(raw.key_pair_name),
    expirationTime: soundInstantOrNull(raw.expiration_time),
    label: label === null ? null : visibleOwnText(label),
    externalId: externalId === null ? null : visibleOwnText(externalId),
    tags: tagNames(tags),
    attributes: { ...attributes },
    source: soundWord(subscriptionSourceSchema, raw.source, 'import'),
    remark: raw.remark,
    addedAt: soundInstant(raw.added_at),
    stateChangedAt: soundInstant(raw.state_changed_at),
    lastDelivery:
      raw.last_delivery_at === null || raw.last_delivery_state === null
        ? null
        : {
            at: soundInstant(raw.last_delivery_at),
            state: soundWord(deliveryStateSchema, raw.last_delivery_state, 'unknown'),
          },
    lastAcceptedAt: soundInstantOrNull(raw.last_accepted_at),
    deletedAt: soundInstantOrNull(raw.deleted_at),
  };
}
