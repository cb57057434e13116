import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import type { DeliveryState } from '../../../contract/deliveries.ts';
import { campaignStatesThat } from '../../../core/campaign/lifecycle.ts';
import type { ReadableDb } from '../../store/database.ts';
import { soundCount, soundWord } from '../../store/sound.ts';
import { sqlList } from '../../store/sql-list.ts';

export interface OutcomeSum {
  readonly pushService: PushServiceId;
  readonly state: DeliveryState;
  readonly count: number;
}

/** Sums over everything that was really sent; rehearsals never count. */
export interface OverviewStore {
  /** All, and those among them that are being prepared, sent or are paused. */
  campaignCount(): { all: number; underWay: number };
  outcomes(): OutcomeSum[];
  /** Settled deliveries from that day on; `day` is midnight of a day in local time. */
  days(fromDay: number): { day: number; state: DeliveryState; count: number }[];
}

const UNDER_WAY = sqlList(campaignStatesThat('isUnderWay'));

export function createOverviewStore(db: ReadableDb): OverviewStore {
  const campaigns = db.read<object, { all: number; underWay: number }>(
    `SELECT count(*) AS "all", count(*) FILTER (WHERE state IN (${UNDER_WAY})) AS underWay
     FROM campaigns WHERE kind <> 'rehearsal'`,
  );
  const outcomes = db.read<object, OutcomeSum>(
    `SELECT s.push_service AS pushService, s.state, total(s.count) AS count
     FROM campaign_sums s JOIN campaigns c ON c.id = s.campaign_id
     WHERE c.kind <> 'rehearsal' GROUP BY s.push_service, s.state`,
  );
  const days = db.read<{ fromDay: number }, { day: number; state: DeliveryState; count: number }>(
    `SELECT day, state, total(count) AS count FROM day_sums WHERE day >= @fromDay GROUP BY day, state ORDER BY day`,
  );
  return {
    campaignCount: () => campaigns.get({}) ?? { all: 0, underWay: 0 },
    outcomes: () => outcomes.all({}).map(toOutcome),
    days: (fromDay) => days.all({ fromDay }).map((sum) => ({ ...sum, count: soundCount(sum.count) })),
  };
}

/** What is at no push service that Pushdesk knows counts among the others. [Note: damaged rows] */
function toOutcome(sum: OutcomeSum): OutcomeSum {
  return {
    ...sum,
    pushService: soundWord(pushServiceSchema, sum.pushService, 'other'),
    count: soundCount(sum.count),
  };
}
