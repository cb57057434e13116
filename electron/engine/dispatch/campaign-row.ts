import { keptAudienceSchema, type KeptAudience } from '../../contract/campaign-audience.ts';
import {
  campaignKindSchema,
  campaignStateSchema,
  type CampaignKind,
  type CampaignState,
} from '../../contract/campaigns.ts';
import { MAX_PER_MINUTE } from '../../contract/common.ts';
import type { CampaignId } from '../../contract/ids.ts';
import { keptMessageSchema, type Message } from '../../contract/message.ts';
import {
  keptScheduleSchema,
  recipientHoursSchema,
  type KeptSchedule,
  type RecipientHours,
} from '../../contract/schedule.ts';
import { keptAudience } from '../../core/campaign/audience-words.ts';
import {
  soundCount,
  soundCountOrNull,
  soundInstant,
  soundInstantOrNull,
  soundJson,
  soundWord,
} from '../store/sound.ts';

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

/** What SQLite gives for `CAMPAIGN_COLUMNS`. */
export interface RawCampaign {
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
export const CAMPAIGN_COLUMNS = `id, kind, state, message, payload, payload_bytes, kept_audience,
  iif(kept_audience IS NULL AND json_valid(audience), audience ->> '$.kind', NULL) AS audience_kind,
  iif(kept_audience IS NULL AND json_valid(audience), json_array_length(audience, '$.ids'), NULL) AS audience_count,
  audience_cursor, audience_end, recipients,
  messages_per_minute, created_at, finished_at, shortened_answers, hours,
  (SELECT json_object('at', s.local_time, 'timeZone', s.time_zone,
      'perRecipient', json(iif(s.per_recipient = 1, 'true', 'false')), 'startsAt', s.starts_at, 'scheduledAt', s.scheduled_at,
      'asks', iif(s.asks IS NULL, NULL, json_object('reason', s.asks, 'since', s.asks_since, 'problem', json(s.asks_problem))))
    FROM campaign_schedules s WHERE s.campaign_id = campaigns.id) AS schedule`;

/** Shown in place of a damaged message; what is sent is in the payload. */
export const UNREADABLE_TITLE = 'This message can’t be read';
const UNREADABLE = keptMessageSchema.parse({ title: UNREADABLE_TITLE });

export function toCampaignRow(raw: RawCampaign): CampaignRow {
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
export const soundHours = (text: string | null): RecipientHours | null =>
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
