import type { CampaignId, DeliveryId, SubscriptionId } from '../../../contract/ids.ts';
import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import {
  shownDeliveryStateSchema,
  type DeliveryState,
  type ShownDeliveryState,
} from '../../../contract/deliveries.ts';
import { campaignStatesThat } from '../../../core/campaign/lifecycle.ts';
import { visibleOwnText } from '../../../core/text/visible-text.ts';
import { wordsOf } from '../../../core/diagnosis/answer-words.ts';
import { askedWait, serviceTime } from '../../../core/diagnosis/retry-after.ts';
import { answerHeadersOf } from '../../dispatch/attempt-store.ts';
import { UNREADABLE_TITLE } from '../../dispatch/campaign-store.ts';
import { FOR_HOURS, shownState } from '../../dispatch/delivery-queue-store.ts';
import type { ReadableDb } from '../../store/database.ts';
import { sqlList } from '../../store/sql-list.ts';
import {
  soundCount,
  soundCountOrNull,
  soundInstant,
  soundInstantOrNull,
  soundPublicKey,
  soundWord,
} from '../../store/sound.ts';

/** A delivery for the log, with its diagnosis as a code. */
export interface DeliveryRow {
  readonly id: DeliveryId;
  readonly campaignId: CampaignId;
  readonly subscriptionId: SubscriptionId;
  readonly label: string | null;
  readonly externalId: string | null;
  readonly endpoint: string;
  readonly pushService: PushServiceId;
  readonly state: ShownDeliveryState;
  readonly attemptCount: number;
  readonly lastStatus: number | null;
  readonly diagnosis: string | null;
  readonly nextAttemptAt: number | null;
  readonly updatedAt: number;
  /** It was sent again after an attempt whose outcome is unknown. */
  readonly mayHaveArrivedTwice: boolean;
  /** Of the key pair that signs it; `null` when that pair was removed and the subscription does not name it. */
  readonly publicKey: string | null;
  readonly subject: string | null;
  /** The reason given by the answer that its diagnosis comes from; `undefined`: it does not come from an answer. */
  readonly said: string | null | undefined;
  /** How long the last answer asked to wait, in ms; `null`: it did not say. */
  readonly waitMs: number | null;
}

/** A delivery in the history of its subscription. */
export interface SubscriptionDeliveryRow extends DeliveryRow {
  readonly messageTitle: string;
}

/** A page by id, in either direction. */
export interface DeliveryRange {
  readonly order: 'oldest' | 'newest';
  /** The last id of the page before; `null`: there was none. */
  readonly after: number | null;
  readonly limit: number;
}

export interface DeliveryStore {
  get(id: DeliveryId): DeliveryRow | null;
  /** Those in these states. */
  page(campaignId: CampaignId, states: readonly ShownDeliveryState[], range: DeliveryRange): DeliveryRow[];
  /** Those in these states that may have arrived twice. */
  repeatsPage(
    campaignId: CampaignId,
    states: readonly ShownDeliveryState[],
    range: DeliveryRange,
  ): DeliveryRow[];
  /** Those of one subscription in the campaigns whose id is below `before`, the latest campaign first. */
  ofSubscription(subscriptionId: SubscriptionId, before: number, limit: number): SubscriptionDeliveryRow[];
  /** How many may have arrived twice. */
  repeatCount(campaignId: CampaignId): number;
}

interface Raw {
  id: number;
  campaign_id: number;
  subscription_id: number;
  label: string | null;
  external_id: string | null;
  endpoint: string;
  push_service: PushServiceId;
  state: ShownDeliveryState;
  attempt_count: number;
  last_status: number | null;
  diagnosis: string | null;
  next_attempt_at: number | null;
  updated_at: number;
  repeat_risk: number;
  public_key: string | null;
  subject: string | null;
  attempt_diagnosis: string | null;
  answer_status: number | null;
  answer_headers: string | null;
  answer_list: string | null;
  answer_body: string | null;
}

/** No next try while nothing of it goes out: its campaign is not sending, or its part waits for the person. */
const NEXT_ATTEMPT = `CASE WHEN d.next_attempt_at IS NULL THEN NULL
    WHEN (SELECT state FROM campaigns WHERE id = d.campaign_id) NOT IN (${sqlList(campaignStatesThat('isSending'))}) THEN NULL
    WHEN (SELECT paused_diagnosis FROM campaign_lanes w WHERE w.campaign_id = d.campaign_id AND w.push_service = d.push_service
      AND w.service_host = d.service_host AND w.key_pair_id = d.key_pair_id) IS NOT NULL THEN NULL
    ELSE d.next_attempt_at END`;
const COLUMNS = `d.id, d.campaign_id, d.subscription_id, p.label, p.external_id, s.endpoint, d.push_service,
    ${shownState('d.')} AS state, d.attempt_count, d.last_status, d.diagnosis, ${NEXT_ATTEMPT} AS next_attempt_at,
    d.updated_at, d.repeat_risk, ifnull(k.public_key, s.public_key) AS public_key, k.subject,
    a.diagnosis AS attempt_diagnosis, a.answer_status, a.answer_headers, l.text AS answer_list,
    ifnull(b.text, a.answer_body) AS answer_body`;
/** The last attempt, with its answer: none if the delivery was accepted, because its words are not needed. */
const LAST_ATTEMPT = `LEFT JOIN attempts a ON a.delivery_id = d.id AND a.number = d.attempt_count AND d.diagnosis IS NOT NULL
  LEFT JOIN answer_texts l ON l.id = a.answer_list_id LEFT JOIN answer_texts b ON b.id = a.answer_body_id`;
const SUBSCRIPTION = `JOIN subscriptions s ON s.id = d.subscription_id LEFT JOIN people p ON p.id = s.id
  LEFT JOIN key_pairs k ON k.id = d.key_pair_id`;
const IS_SHOWN = `${shownState('d.')} IN (SELECT value FROM json_each(@states))`;
const SELECT = `SELECT ${COLUMNS}
  FROM deliveries d ${SUBSCRIPTION} ${LAST_ATTEMPT}`;

export function createDeliveryStore(db: ReadableDb): DeliveryStore {
  const one = db.read<{ id: number }, Raw>(`${SELECT} WHERE d.id = @id`);
  const pages = (isBeyond: string, order: string) => ({
    some: db.read<
      { campaignId: number; state: DeliveryState; states: string; after: number; limit: number },
      Raw
    >(
      `${SELECT} WHERE d.campaign_id = @campaignId AND d.state = @state AND d.id ${isBeyond} @after AND ${IS_SHOWN}
       ORDER BY d.id ${order} LIMIT @limit`,
    ),
    // By an index of their own, because those that wait for their recipient's clock may be a thousand times as many.
    retries: db.read<{ campaignId: number; after: number; limit: number }, Raw>(
      `${SELECT.replace('deliveries d', 'deliveries d INDEXED BY deliveries_tried')}
       WHERE d.campaign_id = @campaignId AND d.state = 'retrying' AND d.diagnosis IS NOT '${FOR_HOURS}'
         AND d.id ${isBeyond} @after ORDER BY d.id ${order} LIMIT @limit`,
    ),
    repeats: db.read<{ campaignId: number; states: string; after: number; limit: number }, Raw>(
      `${SELECT.replace('deliveries d', 'deliveries d INDEXED BY deliveries_maybe_twice')}
       WHERE d.campaign_id = @campaignId AND d.repeat_risk = 2 AND d.id ${isBeyond} @after
         AND ${IS_SHOWN} ORDER BY d.id ${order} LIMIT @limit`,
    ),
  });
  const ways = {
    oldest: { ...pages('>', 'ASC'), first: 0, sign: 1 },
    newest: { ...pages('<', 'DESC'), first: Number.MAX_SAFE_INTEGER, sign: -1 },
  };
  // CROSS JOIN keeps this order: one lookup in the index on (campaign, subscription) per campaign, the latest first.
  const history = db.read<
    { subscriptionId: number; before: number; limit: number; unreadable: string },
    Raw & { message_title: string }
  >(
    `SELECT ${COLUMNS}, CAST(ifnull(iif(json_valid(c.message), c.message ->> '$.title', NULL), @unreadable) AS TEXT) AS message_title
     FROM campaigns c
       CROSS JOIN deliveries d ON d.campaign_id = c.id AND d.subscription_id = @subscriptionId
       ${SUBSCRIPTION} ${LAST_ATTEMPT}
     WHERE c.id < @before ORDER BY c.id DESC LIMIT @limit`,
  );
  const countRepeats = db.read<{ campaignId: number }, { count: number }>(
    `SELECT count(*) AS count FROM deliveries INDEXED BY deliveries_maybe_twice
     WHERE campaign_id = @campaignId AND repeat_risk = 2`,
  );
  return {
    get(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : toRow(raw);
    },
    page(campaignId, states, { order, after, limit }) {
      const { some, retries, first, sign } = ways[order];
      const range = { campaignId, after: after ?? first, limit };
      const stored = new Set(states.map((state) => (state === 'waiting' ? 'retrying' : state)));
      // One walk along the index per state, merged: a single query for several states would sort all of their rows.
      const rows = [...stored].flatMap((state) =>
        state === 'retrying' && !states.includes('waiting')
          ? retries.all(range)
          : some.all({ ...range, state, states: JSON.stringify(states) }),
      );
      return rows
        .sort((one, other) => sign * (one.id - other.id))
        .slice(0, limit)
        .map(toRow);
    },
    repeatsPage(campaignId, states, { order, after, limit }) {
      const { repeats, first } = ways[order];
      const range = { campaignId, states: JSON.stringify(states), after: after ?? first, limit };
      return repeats.all(range).map(toRow);
    },
    ofSubscription: (subscriptionId, before, limit) =>
      history
        .all({ subscriptionId, before, limit, unreadable: UNREADABLE_TITLE })
        .map((raw) => ({ ...toRow(raw), messageTitle: raw.message_title })),
    repeatCount: (campaignId) => countRepeats.get({ campaignId })?.count ?? 0,
  };
}

function toRow(raw: Raw): DeliveryRow {
  return {
    id: raw.id as DeliveryId,
    campaignId: raw.campaign_id as CampaignId,
    subscriptionId: raw.subscription_id as SubscriptionId,
    label: raw.label === null ? null : visibleOwnText(raw.label),
    externalId: raw.external_id === null ? null : visibleOwnText(raw.external_id),
    endpoint: raw.endpoint,
    pushService: soundWord(pushServiceSchema, raw.push_service, 'other'),
    state: soundWord(shownDeliveryStateSchema, raw.state, 'unknown'),
    attemptCount: soundCount(raw.attempt_count),
    lastStatus: soundCountOrNull(raw.last_status),
    diagnosis: raw.diagnosis,
    nextAttemptAt: soundInstantOrNull(raw.next_attempt_at),
    updatedAt: soundInstant(raw.updated_at),
    mayHaveArrivedTwice: raw.repeat_risk === 2,
    publicKey: soundPublicKey(raw.public_key),
    subject: raw.subject,
    ...heardIn(raw),
  };
}

/** What the answer to the last attempt says, where its diagnosis is known. */
function heardIn(raw: Raw): Pick<DeliveryRow, 'said' | 'waitMs'> {
  const { answer_status: status, answer_body: body } = raw;
  if (status === null) return { said: undefined, waitMs: null };
  const answer = { status, headers: answerHeadersOf(raw), body: body ?? '' };
  const isItsCause = raw.attempt_diagnosis === raw.diagnosis || raw.diagnosis === 'wait-too-long';
  return {
    said: isItsCause ? wordsOf(answer) : undefined,
    waitMs: askedWait(answer, serviceTime(answer, raw.updated_at)),
  };
}
