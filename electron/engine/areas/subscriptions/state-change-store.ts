import type { CampaignId, DeliveryId, SubscriptionId } from '../../../contract/ids.ts';
import {
  stateCauseSchema,
  subscriptionStateSchema,
  type StateChange,
} from '../../../contract/subscriptions.ts';
import type { ReadableDb } from '../../store/database.ts';
import { soundInstant, soundWord } from '../../store/sound.ts';

/** How states of subscriptions changed. See [Note: state changes]. */
export interface StateChangeStore {
  /** Newest first. */
  of(id: SubscriptionId): StateChange[];
}

interface Raw {
  id: number;
  at: number;
  from_state: string;
  to_state: string;
  bin: string | null;
  cause: string | null;
  delivery_id: DeliveryId | null;
  campaign_id: CampaignId | null;
}

const DELIVERY = 'delivery ';

export function createStateChangeStore(db: ReadableDb): StateChangeStore {
  const all = db.read<{ id: number }, Raw>(
    `SELECT c.id, c.at, c.from_state, c.to_state, c.bin, c.cause, d.id AS delivery_id, d.campaign_id
     FROM state_changes c
       LEFT JOIN deliveries d ON c.cause LIKE '${DELIVERY}%' AND d.id = CAST(substr(c.cause, ${DELIVERY.length + 1}) AS INTEGER)
     WHERE c.subscription_id = @id ORDER BY c.id DESC`,
  );
  return { of: (id) => all.all({ id }).map(toChange) };
}

function toChange(raw: Raw): StateChange {
  const {
    id,
    at,
    from_state: from,
    to_state: to,
    bin,
    cause,
    delivery_id: deliveryId,
    campaign_id: campaignId,
  } = raw;
  const word = cause?.startsWith(DELIVERY) === true ? 'delivery' : cause;
  return {
    id,
    at: soundInstant(at),
    from: soundWord(subscriptionStateSchema, from, 'gone'),
    to: soundWord(subscriptionStateSchema, to, 'gone'),
    bin: bin === 'in' || bin === 'out' ? bin : null,
    cause: stateCauseSchema.safeParse(word).data ?? 'unknown',
    delivery: deliveryId === null || campaignId === null ? null : { id: deliveryId, campaignId },
  };
}
