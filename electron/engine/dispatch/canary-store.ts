import {
  canaryRulesSchema,
  canaryStateSchema,
  canaryVerdictSchema,
  type Canary,
  type CanaryPart,
  type CanaryRules,
  type CanaryState,
  type CanaryVerdict,
} from '../../contract/canary.ts';
import type { ShownDeliveryState } from '../../contract/deliveries.ts';
import type { CampaignId, DeliveryId, KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { canarySizes, type CanaryFacts, type CanaryRefusal } from '../../core/campaign/canary.ts';
import type { WritableDb } from '../store/database.ts';
import { soundCount, soundInstantOrNull, soundJson, soundWord } from '../store/sound.ts';
import { shownState } from './delivery-queue-store.ts';
import type { LaneKey } from './lane-store.ts';

/** How many ids one statement marks. */
const MARKED_AT_ONCE = 1000;

export interface CanaryStore {
  /** `null`: the campaign has none. */
  of(campaignId: CampaignId): Canary | null;
  /** Of several campaigns, for a list of them. */
  ofMany(ids: readonly CampaignId[]): Map<CampaignId, Canary>;
  /** Gives the campaign a canary; to be called in the transaction that adds it. */
  add(campaignId: CampaignId, rules: CanaryRules): void;
  /** Takes the canary away from a campaign that has not begun yet. */
  remove(campaignId: CampaignId): void;
  /**
   * Chooses who goes first, from all that is queued, spread evenly over each lane. To be called in the transaction in which the campaign
   * begins to run. Does nothing if it has no canary.
   */
  choose(campaignId: CampaignId): void;
  /** It is being sent, again or still: any earlier verdict no longer holds. */
  begin(campaignId: CampaignId): void;
  judge(campaignId: CampaignId, state: CanaryState, verdict: CanaryVerdict): void;
  /** Records the person's decision. */
  decide(campaignId: CampaignId, state: CanaryState, now: number): void;
  /** What it is judged by. */
  facts(campaignId: CampaignId): CanaryFacts;
}

interface Raw {
  campaign_id: number;
  state: CanaryState;
  rules: string;
  recipients: number;
  verdict: string | null;
  decided_by: 'rules' | 'person' | null;
  decided_at: number | null;
}

interface RawLane {
  push_service: PushServiceId;
  service_host: string;
  key_pair_id: number;
  count: number;
}

const LANE =
  'campaign_id = @campaignId AND push_service = @pushService AND service_host = @serviceHost AND key_pair_id = @keyPairId';
const QUEUED = `FROM deliveries INDEXED BY deliveries_queued WHERE ${LANE} AND state = 'queued'`;
const OPEN: readonly ShownDeliveryState[] = ['queued', 'waiting', 'sending', 'retrying'];

export function createCanaryStore(db: WritableDb): CanaryStore {
  const many = db.read<{ ids: string }, Raw>(
    `SELECT campaign_id, state, rules, recipients, verdict, decided_by, decided_at FROM canaries
     WHERE campaign_id IN (SELECT value FROM json_each(@ids))`,
  );
  const insert = db.write<{ campaignId: number; rules: string }>(
    "INSERT INTO canaries (campaign_id, state, rules) VALUES (@campaignId, 'sending', @rules)",
  );
  const remove = db.write<{ campaignId: number }>('DELETE FROM canaries WHERE campaign_id = @campaignId');
  const waiting = db.read<{ campaignId: number }, RawLane>(
    `SELECT push_service, service_host, key_pair_id, count(*) AS count FROM deliveries INDEXED BY deliveries_queued
     WHERE campaign_id = @campaignId AND state = 'queued' GROUP BY 1, 2, 3`,
  );
  const span = db.read<LaneKey, { first: number | null; last: number | null }>(
    `SELECT (SELECT min(id) ${QUEUED}) AS first, (SELECT max(id) ${QUEUED}) AS last`,
  );
  const nextOf = db.read<LaneKey & { from: number }, { id: DeliveryId }>(
    `SELECT id ${QUEUED} AND id >= @from ORDER BY id LIMIT 1`,
  );
  const mark = db.write<{ ids: string }>(
    'UPDATE deliveries SET canary = 1 WHERE id IN (SELECT value FROM json_each(@ids))',
  );
  const setSize = db.write<{ campaignId: number; state: CanaryState; recipients: number }>(
    'UPDATE canaries SET state = @state, recipients = @recipients WHERE campaign_id = @campaignId',
  );
  const change = db.write<{
    campaignId: number;
    state: CanaryState;
    verdict: string | null;
    decidedBy: string | null;
    decidedAt: number | null;
  }>(
    `UPDATE canaries SET state = @state, verdict = @verdict, decided_by = @decidedBy, decided_at = @decidedAt
     WHERE campaign_id = @campaignId`,
  );
  const changeState = db.write<{ campaignId: number; state: CanaryState; decidedAt: number }>(
    `UPDATE canaries SET state = @state, decided_by = 'person', decided_at = @decidedAt WHERE campaign_id = @campaignId`,
  );
  const counts = db.read<
    { campaignId: number },
    { push_service: PushServiceId; key_pair_id: number; state: ShownDeliveryState; count: number }
  >(
    // Apart, because only for these must their rows be read: for all others the index says enough.
    `SELECT push_service, key_pair_id, state, count(*) AS count FROM deliveries INDEXED BY deliveries_canary
     WHERE campaign_id = @campaignId AND canary = 1 AND state <> 'retrying' GROUP BY 1, 2, 3
     UNION ALL
     SELECT push_service, key_pair_id, ${shownState('')} AS shown, count(*) FROM deliveries INDEXED BY deliveries_canary
     WHERE campaign_id = @campaignId AND canary = 1 AND state = 'retrying' GROUP BY 1, 2, 3`,
  );
  const failed = db.read<
    { campaignId: number },
    {
      push_service: PushServiceId;
      key_pair_id: number;
      last_status: number | null;
      diagnosis: string | null;
      count: number;
    }
  >(
    `SELECT push_service, key_pair_id, last_status, diagnosis, count(*) AS count FROM deliveries INDEXED BY deliveries_canary
     WHERE campaign_id = @campaignId AND canary = 1 AND state = 'failed' GROUP BY 1, 2, 3, 4`,
  );
  // Reports from devices belong to their deliveries; here they are only counted.
  const shown = db.read<
    { campaignId: number },
    { asks: number | null; can: number; shown: number; last: number | null }
  >(
    `SELECT (SELECT iif(json_valid(payload), payload ->> '$.receipts', 0) FROM campaigns WHERE id = @campaignId) AS asks,
       count(x.subscription_id) AS can,
       count(r.shown_at) AS shown, max(d.updated_at) AS last
     FROM deliveries d INDEXED BY deliveries_canary
       LEFT JOIN receipt_devices x ON x.subscription_id = d.subscription_id
       LEFT JOIN receipts r ON r.delivery_id = d.id
     WHERE d.campaign_id = @campaignId AND d.canary = 1 AND d.state = 'accepted'`,
  );

  const ofMany: CanaryStore['ofMany'] = (ids) =>
    new Map(
      many.all({ ids: JSON.stringify(ids) }).map((raw) => [raw.campaign_id as CampaignId, toCanary(raw)]),
    );

  /** Evenly from the first to the last of the lane: those added first are not a fair sample. */
  const spread = (given: LaneKey, size: number): DeliveryId[] => {
    const { campaignId, pushService, serviceHost, keyPairId } = given;
    const lane = { campaignId, pushService, serviceHost, keyPairId };
    const { first, last } = span.get(lane) ?? { first: null, last: null };
    if (first === null || last === null) return [];
    const chosen = new Set<DeliveryId>();
    let from = first;
    for (let index = 0; index < size; index += 1) {
      const target = first + Math.floor(((last - first + 1) * index) / size);
      const next = nextOf.get({ ...lane, from: Math.max(from, target) });
      if (next === undefined) break;
      chosen.add(next.id);
      from = next.id + 1;
    }
    // If the ids have gaps, the end is reached too early.
    for (from = first; chosen.size < size;) {
      const next = nextOf.get({ ...lane, from });
      if (next === undefined) break;
      chosen.add(next.id);
      from = next.id + 1;
    }
    return [...chosen];
  };

  return {
    of: (campaignId) => ofMany([campaignId]).get(campaignId) ?? null,
    ofMany,
    add(campaignId, rules) {
      insert.run({ campaignId, rules: JSON.stringify(rules) });
    },
    remove(campaignId) {
      remove.run({ campaignId });
    },
    choose(campaignId) {
      const canary = ofMany([campaignId]).get(campaignId);
      if (canary === undefined) return;
      const lanes = waiting.all({ campaignId }).map((raw) => ({
        campaignId,
        pushService: raw.push_service,
        serviceHost: raw.service_host,
        keyPairId: raw.key_pair_id as KeyPairId,
        count: raw.count,
      }));
      const sizes = canarySizes(lanes, canary.rules);
      const recipients = sizes.reduce((sum, { size }) => sum + size, 0);
      const isEveryone = sizes.every(({ lane, size }) => size === lane.count);
      setSize.run({ campaignId, state: isEveryone ? 'everyone' : 'sending', recipients });
      if (isEveryone) return;
      const ids = sizes.flatMap(({ lane, size }) => spread(lane, size));
      for (let at = 0; at < ids.length; at += MARKED_AT_ONCE)
        mark.run({ ids: JSON.stringify(ids.slice(at, at + MARKED_AT_ONCE)) });
    },
    begin(campaignId) {
      change.run({ campaignId, state: 'sending', verdict: null, decidedBy: null, decidedAt: null });
    },
    judge(campaignId, state, verdict) {
      const isDecided = state !== 'waiting';
      change.run({
        campaignId,
        state,
        verdict: JSON.stringify(verdict),
        decidedBy: isDecided ? 'rules' : null,
        decidedAt: isDecided ? verdict.at : null,
      });
    },
    decide(campaignId, state, now) {
      changeState.run({ campaignId, state, decidedAt: now });
    },
    facts(campaignId) {
      return {
        parts: toParts(counts.all({ campaignId })),
        refusals: failed.all({ campaignId }).map((raw) => ({
          pushService: raw.push_service,
          keyPairId: raw.key_pair_id as KeyPairId,
          status: raw.last_status,
          diagnosis: raw.diagnosis,
          count: raw.count,
        })) satisfies CanaryRefusal[],
        receipts() {
          const told = shown.get({ campaignId });
          if (told?.asks !== 1) return null;
          return { canReport: told.can, shown: told.shown, lastAcceptedAt: told.last };
        },
      };
    },
  };
}

function toParts(
  counts: readonly {
    push_service: PushServiceId;
    key_pair_id: number;
    state: ShownDeliveryState;
    count: number;
  }[],
): CanaryPart[] {
  const parts = new Map<string, CanaryPart>();
  for (const { push_service: pushService, key_pair_id: keyPairId, state, count } of counts) {
    const name = `${pushService} ${keyPairId}`;
    const part = parts.get(name) ?? {
      ...{
        total: 0,
        accepted: 0,
        failed: 0,
        gone: 0,
        unknown: 0,
        cancelled: 0,
        retrying: 0,
        waiting: 0,
        open: 0,
      },
      pushService,
      keyPairId: keyPairId as KeyPairId,
    };
    part.total += count;
    if (OPEN.includes(state)) part.open += count;
    if (state !== 'queued' && state !== 'sending') part[state] += count;
    parts.set(name, part);
  }
  return [...parts.values()].sort((one, other) => other.total - one.total);
}

/** Unreadable rules become the usual ones; a canary in an unknown state waits for the person. */
function toCanary(raw: Raw): Canary {
  return {
    state: soundWord(canaryStateSchema, raw.state, 'waiting'),
    recipients: soundCount(raw.recipients),
    rules: soundJson(canaryRulesSchema, raw.rules) ?? canaryRulesSchema.parse({}),
    verdict: raw.verdict === null ? null : soundJson(canaryVerdictSchema, raw.verdict),
    decidedBy: raw.decided_by,
    decidedAt: soundInstantOrNull(raw.decided_at),
  };
}
