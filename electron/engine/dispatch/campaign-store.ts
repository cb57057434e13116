import {
  audienceSchema,
  type Audience,
  type KeptAudience,
  keptAudienceSchema,
} from '../../contract/campaign-audience.ts';
import {
  type CampaignKind,
  type CampaignState,
  campaignKindSchema,
  campaignStateSchema,
} from '../../contract/campaigns.ts';
import type { CampaignId } from '../../contract/ids.ts';
import { type Message, keptMessageSchema } from '../../contract/message.ts';
import {
  type RecipientHours,
  keptScheduleSchema,
  recipientHoursSchema,
  type KeptSchedule,
} from '../../contract/schedule.ts';
import { campaignStatesThat, lifecycleOf } from '../../core/campaign/lifecycle.ts';
import type { WritableDb } from '../store/database.ts';
import {
  soundJson,
  soundCount,
  soundCountOrNull,
  soundInstant,
  soundInstantOrNull,
  soundWord,
} from '../store/sound.ts';
import { sqlList } from '../store/sql-list.ts';
import { MAX_PER_MINUTE } from '../../contract/common.ts';
import { keptAudience } from '../../core/campaign/audience-words.ts';

/** A campaign as it is stored, with sound values in place of damaged ones. */
export interface CampaignRow {
  readonly id: CampaignId;
  readonly kind: CampaignKind;
  readonly state: CampaignState;
  readonly message: Message;
  /** Plaintext of the push message, before encryption. */
  readonly payload: string;
  readonly payloadBytes: number;
  /** Whom it was meant for, in words and data. */
  readonly kept: KeptAudience;
  /** The last subscription that was looked at so far while the deliveries are being written. */
  readonly audienceCursor: number;
  /** The last subscription that counts: anyone who subscribes later is not included. */
  readonly audienceEnd: number;
  readonly recipients: number;
  /** Limit for the whole campaign; `null`: none. */
  readonly messagesPerMinute: number | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** Answers of which only the start is kept, because earlier ones had used up the campaign's room. */
  readonly shortenedAnswers: number;
  /** When it starts, or was to start; `null`: it was sent at once. */
  readonly schedule: KeptSchedule | null;
  /** When messages may go out, by the clock of each recipient; `null`: at once. */
  readonly hours: RecipientHours | null;
}

/** What follows from a message and an audience at the time of the send. */
export interface CampaignContent {
  readonly kind: CampaignKind;
  readonly payload: string;
  readonly payloadBytes: number;
  /** Whom it is meant for, in words and data. */
  readonly kept: KeptAudience;
  /** How many recipients are expected; corrected when the deliveries are written. */
  readonly recipients: number;
}

export interface NewCampaign extends CampaignContent {
  readonly requestId: string;
  readonly state: CampaignState;
  readonly message: Message;
  readonly audience: Audience;
  readonly messagesPerMinute: number | null;
  readonly hours: RecipientHours | null;
  readonly createdAt: number;
}

export interface CampaignStore {
  /** For all subscriptions that exist now. */
  add(campaign: NewCampaign): CampaignRow;
  /** For a campaign that waits for its time: it is prepared from now on, for all subscriptions that exist now, and keeps its kind. */
  begin(id: CampaignId, content: Omit<CampaignContent, 'kind'> & { createdAt: number }): CampaignRow;
  /** For a campaign that waits for its time. */
  edit(id: CampaignId, content: CampaignContent & { message: Message; audience: Audience }): void;
  setPace(id: CampaignId, messagesPerMinute: number | null): void;
  setHours(id: CampaignId, hours: RecipientHours | null): void;
  hoursOf(id: CampaignId): RecipientHours | null;
  requestIdOf(id: CampaignId): string;
  get(id: CampaignId): CampaignRow | null;
  /** As it was originally requested: it may name a million; `null`: it cannot be read. */
  audienceOf(id: CampaignId): Audience | null;
  /** Without reading the rest of the row. */
  stateOf(id: CampaignId): CampaignState | null;
  byRequestId(requestId: string): CampaignRow | null;
  /** Those of these that exist, newest first. */
  some(ids: readonly CampaignId[]): CampaignRow[];
  /**
   * `preparing`, `running` and `paused` ones, oldest first. A campaign whose deliveries are not all written, and whose audience can no
   * longer be read, is not among them: nobody knows whom it is for.
   */
  unfinished(): CampaignRow[];
  /** Cancelled ones that still have open deliveries: writing their ends was interrupted. */
  halfCancelled(): CampaignId[];
  /** Messages per second of the last campaign without a limit that had at least this many recipients; `null`: there is none. */
  lastPace(minRecipients: number): number | null;
  /** The last finished campaign to real people that sent anything. Tests and rehearsals never count. */
  lastSent(): CampaignRow | null;
  setState(id: CampaignId, state: CampaignState, finishedAt: number | null): void;
  /** For one that was cut off as it started: it starts now. */
  startAgain(id: CampaignId, createdAt: number): void;
  setCursor(id: CampaignId, cursor: number): void;
  setRecipients(id: CampaignId, recipients: number): void;
}

/** What SQLite gives for `CAMPAIGN_COLUMNS`. */
interface RawCampaign {
  id: number;
  kind: CampaignKind;
  state: CampaignState;
  message: string;
  payload: string;
  payload_bytes: number;
  kept_audience: string | null;
  audience_kind: string | null;
  audience_count: number | null;
  audience_cursor: number;
  audience_end: number;
  recipients: number;
  messages_per_minute: number | null;
  created_at: number;
  finished_at: number | null;
  shortened_answers: number;
  schedule: string | null;
  hours: string | null;
}

/** `audience_…`: for campaigns from before audiences were kept, what shows whom they meant. */
const CAMPAIGN_COLUMNS = `id, kind, state, message, payload, payload_bytes, kept_audience,
  iif(kept_audience IS NULL AND json_valid(audience), audience ->> '$.kind', NULL) AS audience_kind,
  iif(kept_audience IS NULL AND json_valid(audience), json_array_length(audience, '$.ids'), NULL) AS audience_count,
  audience_cursor, audience_end, recipients,
  messages_per_minute, created_at, finished_at, shortened_answers, hours,
  (SELECT json_object('at', s.local_time, 'timeZone', s.time_zone,
      'perRecipient', json(iif(s.per_recipient = 1, 'true', 'false')), 'startsAt', s.starts_at, 'scheduledAt', s.scheduled_at,
      'asks', iif(s.asks IS NULL, NULL, json_object('reason', s.asks, 'since', s.asks_since, 'problem', json(s.asks_problem))))
    FROM campaign_schedules s WHERE s.campaign_id = campaigns.id) AS schedule`;

export function createCampaignStore(db: WritableDb): CampaignStore {
  const insert = db.writeReturning<object, RawCampaign>(
    `INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, kept_audience, audience_end, recipients,
       messages_per_minute, hours, created_at)
     VALUES (@requestId, @kind, @state, @message, @payload, @payloadBytes, @audience, @kept,
       ifnull((SELECT max(id) FROM subscriptions), 0), @recipients, @messagesPerMinute, @hours, @createdAt)
     RETURNING ${CAMPAIGN_COLUMNS}`,
  );
  const begin = db.writeReturning<object, RawCampaign>(
    `UPDATE campaigns SET state = 'preparing', payload = @payload, payload_bytes = @payloadBytes, kept_audience = @kept,
       audience_end = ifnull((SELECT max(id) FROM subscriptions), 0), recipients = @recipients, created_at = @createdAt
     WHERE id = @id RETURNING ${CAMPAIGN_COLUMNS}`,
  );
  const edit = db.write<object>(
    `UPDATE campaigns SET kind = @kind, message = @message, payload = @payload, payload_bytes = @payloadBytes, audience = @audience,
       kept_audience = @kept, recipients = @recipients WHERE id = @id`,
  );
  const startAgain = db.write<{ id: number; createdAt: number }>(
    'UPDATE campaigns SET created_at = @createdAt WHERE id = @id',
  );
  const changePace = db.write<{ id: number; messagesPerMinute: number | null }>(
    'UPDATE campaigns SET messages_per_minute = @messagesPerMinute WHERE id = @id',
  );
  const changeHours = db.write<{ id: number; hours: string | null }>(
    'UPDATE campaigns SET hours = @hours WHERE id = @id',
  );
  const hours = db.read<{ id: number }, { hours: string | null }>(
    'SELECT hours FROM campaigns WHERE id = @id',
  );
  const requestId = db.read<{ id: number }, { requestId: string }>(
    'SELECT request_id AS requestId FROM campaigns WHERE id = @id',
  );
  const byId = db.read<{ id: number }, RawCampaign>(
    `SELECT ${CAMPAIGN_COLUMNS} FROM campaigns WHERE id = @id`,
  );
  const state = db.read<{ id: number }, { state: CampaignState }>(
    'SELECT state FROM campaigns WHERE id = @id',
  );
  const audience = db.read<{ id: number }, { audience: string }>(
    'SELECT audience FROM campaigns WHERE id = @id',
  );
  const byRequest = db.read<{ requestId: string }, RawCampaign>(
    `SELECT ${CAMPAIGN_COLUMNS} FROM campaigns WHERE request_id = @requestId`,
  );
  const some = db.read<{ ids: string }, RawCampaign>(
    `SELECT ${CAMPAIGN_COLUMNS} FROM campaigns WHERE id IN (SELECT value FROM json_each(@ids)) ORDER BY id DESC`,
  );
  const open = db.read<object, RawCampaign>(
    `SELECT ${CAMPAIGN_COLUMNS} FROM campaigns WHERE state IN (${sqlList(campaignStatesThat('isUnderWay'))}) ORDER BY id`,
  );
  const halfDone = db.read<object, { id: number }>(
    `SELECT DISTINCT c.id FROM campaign_sums s JOIN campaigns c ON c.id = s.campaign_id
     WHERE c.state IN (${sqlList(campaignStatesThat('isCancelled'))}) AND s.state IN ('queued', 'retrying') AND s.count > 0`,
  );
  const pace = db.read<{ minRecipients: number }, { perSecond: number }>(
    `SELECT recipients * 1000.0 / (finished_at - created_at) AS perSecond FROM campaigns
     WHERE state IN (${sqlList(campaignStatesThat('isFinished'))}) AND messages_per_minute IS NULL AND hours IS NULL AND kind <> 'test' AND recipients >= @minRecipients
       AND finished_at > created_at
     ORDER BY id DESC LIMIT 1`,
  );
  const lastSent = db.read<object, RawCampaign>(
    `SELECT ${CAMPAIGN_COLUMNS} FROM campaigns
     WHERE kind = 'campaign' AND state IN (${sqlList(campaignStatesThat('isFinished'))})
       AND EXISTS (SELECT 1 FROM campaign_sums s
         WHERE s.campaign_id = campaigns.id AND s.state IN ('accepted', 'failed', 'gone', 'unknown') AND s.count > 0)
     ORDER BY finished_at DESC, id DESC LIMIT 1`,
  );
  const changeState = db.write<{ id: number; state: CampaignState; finishedAt: number | null }>(
    'UPDATE campaigns SET state = @state, finished_at = @finishedAt WHERE id = @id',
  );
  const moveCursor = db.write<{ id: number; cursor: number }>(
    'UPDATE campaigns SET audience_cursor = @cursor WHERE id = @id',
  );
  const changeRecipients = db.write<{ id: number; recipients: number }>(
    'UPDATE campaigns SET recipients = @recipients WHERE id = @id',
  );

  const audienceOf = (id: number): Audience | null => {
    const raw = audience.get({ id });
    return raw === undefined ? null : soundJson(audienceSchema, raw.audience);
  };

  return {
    audienceOf,
    add(campaign) {
      const raw = insert.get({
        ...campaign,
        message: JSON.stringify(campaign.message),
        audience: JSON.stringify(campaign.audience),
        hours: campaign.hours === null ? null : JSON.stringify(campaign.hours),
        kept: JSON.stringify(campaign.kept),
      });
      if (raw === undefined) throw new Error('SQLite gave no row back for a new campaign.');
      return toCampaignRow(raw);
    },
    begin(id, { kept, ...content }) {
      const raw = begin.get({ ...content, kept: JSON.stringify(kept), id });
      if (raw === undefined) throw new Error('SQLite gave no row back for a campaign that begins.');
      return toCampaignRow(raw);
    },
    edit(id, { message, audience: meant, kept, ...content }) {
      edit.run({
        ...content,
        id,
        message: JSON.stringify(message),
        audience: JSON.stringify(meant),
        kept: JSON.stringify(kept),
      });
    },
    setPace(id, messagesPerMinute) {
      changePace.run({ id, messagesPerMinute });
    },
    setHours(id, next) {
      changeHours.run({ id, hours: next === null ? null : JSON.stringify(next) });
    },
    hoursOf: (id) => soundHours(hours.get({ id })?.hours ?? null),
    requestIdOf: (id) => requestId.get({ id })?.requestId ?? '',
    get: (id) => toRowOrNull(byId.get({ id })),
    stateOf: (id) => state.get({ id })?.state ?? null,
    byRequestId: (requestId) => toRowOrNull(byRequest.get({ requestId })),
    some: (ids) => some.all({ ids: JSON.stringify(ids) }).map(toCampaignRow),
    unfinished: () =>
      open
        .all({})
        .filter((raw) => !lifecycleOf(raw.state).isPreparing || audienceOf(raw.id) !== null)
        .map(toCampaignRow),
    halfCancelled: () => halfDone.all({}).map(({ id }) => id as CampaignId),
    lastPace: (minRecipients) => pace.get({ minRecipients })?.perSecond ?? null,
    lastSent: () => toRowOrNull(lastSent.get({})),
    setState(id, state, finishedAt) {
      changeState.run({ id, state, finishedAt });
    },
    startAgain(id, createdAt) {
      startAgain.run({ id, createdAt });
    },
    setCursor(id, cursor) {
      moveCursor.run({ id, cursor });
    },
    setRecipients(id, recipients) {
      changeRecipients.run({ id, recipients });
    },
  };
}

function toRowOrNull(raw: RawCampaign | undefined): CampaignRow | null {
  return raw === undefined ? null : toCampaignRow(raw);
}

/** Shown in place of a damaged message; what is sent is in the payload. */
export const UNREADABLE_TITLE = 'This message can’t be read';
const UNREADABLE = keptMessageSchema.parse({ title: UNREADABLE_TITLE });

function toCampaignRow(raw: RawCampaign): CampaignRow {
  return {
    id: raw.id as CampaignId,
    kind: soundWord(campaignKindSchema, raw.kind, 'campaign'),
    // In an unknown state nothing may be sent.
    state: soundWord(campaignStateSchema, raw.state, 'cancelled'),
    message: soundJson(keptMessageSchema, raw.message) ?? UNREADABLE,
    payload: raw.payload,
    payloadBytes: soundCount(raw.payload_bytes),
    kept: keptOf(raw),
    audienceCursor: raw.audience_cursor,
    audienceEnd: raw.audience_end,
    recipients: soundCount(raw.recipients),
    messagesPerMinute: soundCountOrNull(raw.messages_per_minute, 1, MAX_PER_MINUTE),
    createdAt: soundInstant(raw.created_at),
    finishedAt: soundInstantOrNull(raw.finished_at),
    shortenedAnswers: soundCount(raw.shortened_answers),
    hours: soundHours(raw.hours),
    schedule: raw.schedule === null ? null : soundJson(keptScheduleSchema, raw.schedule),
  };
}

/** `null`: none, or they cannot be read. */
const soundHours = (text: string | null): RecipientHours | null =>
  text === null ? null : soundJson(recipientHoursSchema, text);

function keptOf({
  kept_audience: kept,
  audience_kind: kind,
  audience_count: count,
}: RawCampaign): KeptAudience {
  const known = kept === null ? null : soundJson(keptAudienceSchema, kept);
  if (known !== null) return known;
  const parts = kind === 'everyone' ? [] : [{ kind: 'chosen' as const, count: count ?? 0 }];
  return keptAudience({ kind: kind === 'everyone' ? 'everyone' : 'chosen', anyOf: parts, leaveOut: [] });
}
