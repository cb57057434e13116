import type { CampaignId } from '../../../../contract/ids.ts';
import type { Problem } from '../../../../contract/problem.ts';
import type { AskReason, CampaignSchedule } from '../../../../contract/schedule.ts';
import { campaignStatesThat } from '../../../../core/campaign/lifecycle.ts';
import type { WritableDb } from '../../../store/database.ts';
import { sqlList } from '../../../store/sql-list.ts';

/** A campaign that waits for its time. */
export interface OpenSchedule {
  readonly id: CampaignId;
  readonly schedule: CampaignSchedule;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** It was not started at its time: only the person can continue it. */
  readonly isAsking: boolean;
}

export interface ScheduleStore {
  /** Those that wait for their time, soonest first. */
  open(): OpenSchedule[];
  one(id: CampaignId): OpenSchedule | null;
  /** Those that ask what to do, whether they wait for their time or are under way; the one that has asked longest first. */
  asking(): CampaignId[];
  add(id: CampaignId, schedule: CampaignSchedule, startsAt: number, now: number): void;
  /** It waits for that time, and no longer asks anything. */
  move(id: CampaignId, schedule: CampaignSchedule, startsAt: number): void;
  ask(id: CampaignId, reason: AskReason, problem: Problem, now: number): void;
  /** It no longer asks anything: it was started. */
  answered(id: CampaignId): void;
  /** The request that created it, if it was edited since; `null`: it is still what was asked for. */
  firstRequest(id: CampaignId): unknown;
  /** Kept once: later edits change nothing. */
  keepFirstRequest(id: CampaignId, request: object): void;
}

interface Raw {
  campaign_id: number;
  local_time: string;
  time_zone: string;
  per_recipient: number;
  starts_at: number;
  asks: string | null;
}

const OPEN = `SELECT campaign_id, local_time, time_zone, per_recipient, starts_at, asks FROM campaign_schedules
  WHERE campaign_id IN (SELECT id FROM campaigns WHERE state IN (${sqlList(campaignStatesThat('isScheduled'))}))`;

export function createScheduleStore(db: WritableDb): ScheduleStore {
  const open = db.read<object, Raw>(`${OPEN} ORDER BY starts_at, campaign_id`);
  const one = db.read<{ id: number }, Raw>(`${OPEN} AND campaign_id = @id`);
  const asking = db.read<object, { id: CampaignId }>(
    `SELECT s.campaign_id AS id FROM campaign_schedules s JOIN campaigns c ON c.id = s.campaign_id
     WHERE s.asks IS NOT NULL AND c.state IN (${sqlList([...campaignStatesThat('isScheduled'), ...campaignStatesThat('isUnderWay')])})
     ORDER BY s.asks_since, s.campaign_id`,
  );
  const insert = db.write<object>(
    `INSERT INTO campaign_schedules (campaign_id, local_time, time_zone, per_recipient, starts_at, scheduled_at)
     VALUES (@id, @at, @timeZone, @perRecipient, @startsAt, @now)`,
  );
  const move = db.write<object>(
    `UPDATE campaign_schedules SET local_time = @at, time_zone = @timeZone, per_recipient = @perRecipient, starts_at = @startsAt,
       asks = NULL, asks_since = NULL, asks_problem = NULL WHERE campaign_id = @id`,
  );
  const ask = db.write<object>(
    `UPDATE campaign_schedules SET asks = @reason, asks_since = @now, asks_problem = @problem WHERE campaign_id = @id`,
  );
  const answered = db.write<{ id: number }>(
    'UPDATE campaign_schedules SET asks = NULL, asks_since = NULL, asks_problem = NULL WHERE campaign_id = @id',
  );
  const request = db.read<{ id: number }, { text: string | null }>(
    'SELECT first_request AS text FROM campaign_schedules WHERE campaign_id = @id',
  );
  const keep = db.write<{ id: number; text: string }>(
    'UPDATE campaign_schedules SET first_request = ifnull(first_request, @text) WHERE campaign_id = @id',
  );

  return {
    open: () => open.all({}).map(toOpen),
    one(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : toOpen(raw);
    },
    asking: () => asking.all({}).map(({ id }) => id),
    add(id, schedule, startsAt, now) {
      insert.run({ id, ...columnsOf(schedule), startsAt, now });
    },
    move(id, schedule, startsAt) {
      move.run({ id, ...columnsOf(schedule), startsAt });
    },
    ask(id, reason, problem, now) {
      ask.run({ id, reason, problem: JSON.stringify(problem), now });
    },
    answered(id) {
      answered.run({ id });
    },
    firstRequest(id) {
      const text = request.get({ id })?.text ?? null;
      return text === null ? null : (JSON.parse(text) as unknown);
    },
    keepFirstRequest(id, asked) {
      keep.run({ id, text: JSON.stringify(asked) });
    },
  };
}

const columnsOf = ({ at, timeZone, perRecipient }: CampaignSchedule) => ({
  at,
  timeZone,
  perRecipient: perRecipient === true ? 1 : 0,
});

function toOpen(raw: Raw): OpenSchedule {
  return {
    id: raw.campaign_id as CampaignId,
    schedule: {
      at: raw.local_time,
      timeZone: raw.time_zone,
      ...(raw.per_recipient === 1 ? { perRecipient: true as const } : {}),
    },
    startsAt: raw.starts_at,
    isAsking: raw.asks !== null,
  };
}
