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

/** Sums over campaigns; rehearsals and tests never count. */
export interface OverviewStore {
  /** All campaigns, and those among them that are being prepared, sent or are paused. */
  campaignCount(): { all: number; underWay: number };
  outcomes(): OutcomeSum[];
  /** Whether a push service has ever accepted a message, tests included. */
  hasReached(): boolean;
  /** Deliveries settled since that day; `day` is midnight in local time. */
  days(fromDay: number): { day: number; state: DeliveryState; count: number }[];
}

const UNDER_WAY = sqlList(campaignStatesThat('isUnderWay'));

export function createOverviewStore(db: ReadableDb): OverviewStore {
  const campaigns = db.read<object, { all: number; underWay: number }>(
    `SELECT count(*) AS "all", count(*) FILTER (WHERE state IN (${UNDER_WAY})) AS underWay
     FROM campaigns WHERE kind = 'campaign'`,
  );
  const outcomes = db.read<object, OutcomeSum>(
    `SELECT s.push_service AS pushService, s.state, total(s.count) AS count
     FROM campaign_sums s JOIN campaigns c ON c.id = s.campaign_id
     WHERE c.kind = 'campaign' GROUP BY s.push_service, s.state`,
  );
  const reached = db.read<object, { found: number }>(
    `SELECT EXISTS (SELECT 1 FROM campaign_sums s JOIN campaigns c ON c.id = s.campaign_id
       WHERE c.kind <> 'rehearsal' AND s.state = 'accepted' AND s.count > 0) AS found`,
  );
  const days = db.read<{ fromDay: number }, { day: number; state: DeliveryState; count: number }>(
    `SELECT day, state, total(count) AS count FROM day_sums WHERE day >= @fromDay GROUP BY day, state ORDER BY day`,
  );
  return {
    campaignCount: () => campaigns.get({}) ?? { all: 0, underWay: 0 },
    hasReached: () => reached.get({})?.found === 1,
    outcomes: () => outcomes.all({}).map(toOutcome),
    days: (fromDay) => days.all({ fromDay }).map((sum) => ({ ...sum, count: soundCount(sum.count) })),
  };
}

/** Push services that Pushdesk does not know are counted as "other". [Note: damaged rows] */
function toOutcome(sum: OutcomeSum): OutcomeSum {
  return {
    ...sum,
    pushService: soundWord(pushServiceSchema, sum.pushService, 'other'),
    count: soundCount(sum.count),
  };
}
