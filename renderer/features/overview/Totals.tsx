import { Tooltip } from '@mantine/core';
import type { ListOverview } from '../../../electron/contract/list-overview.ts';
import type { Overview } from '../../../electron/contract/overview.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { DELIVERY_STATES } from '../../words/states.ts';
import { signed } from './Growth.tsx';

/** The figures that tell how things are going, in one line. */
export function Totals({
  overview: { totals, days },
  list,
}: {
  overview: Pick<Overview, 'totals' | 'days'>;
  /** Absent until it is counted. */
  list: Pick<ListOverview, 'days'> | undefined;
}) {
  const done = totals.accepted + totals.failed + totals.gone;
  return (
    <dl className="pd-totals" aria-label="Totals">
      <Total
        name="Subscriptions"
        value={totals.activeSubscriptions}
        note={`active, ${formatCount(totals.subscriptions)} in all`}
        change={list ? `${signed(thisWeek(list.days))} in 7 days` : '\u00a0'}
        curve={list?.days.map(({ total }) => total)}
      />
      <Total name="Campaigns" value={totals.campaigns} note={underWayWords(totals.campaignsUnderWay)} />
      <Total
        name={DELIVERY_STATES.accepted.word}
        meaning={DELIVERY_STATES.accepted.meaning}
        value={totals.accepted}
        note={done === 0 ? 'by push services' : `${formatShare(totals.accepted, done)} of those done`}
        curve={done === 0 ? undefined : days.map(({ accepted }) => accepted)}
      />
      <Total
        name={DELIVERY_STATES.failed.word}
        meaning={DELIVERY_STATES.failed.meaning}
        value={totals.failed}
        note="messages"
      />
      <Total
        name={DELIVERY_STATES.gone.word}
        meaning={DELIVERY_STATES.gone.meaning}
        value={totals.gone}
        note="messages"
      />
    </dl>
  );
}

/** Campaigns are counted from their start: how many of them have not ended is said beside it. */
const underWayWords = (count: number) =>
  count === 0 ? 'none in progress' : `${formatCount(count)} in progress`;

const thisWeek = (days: ListOverview['days']) => days.slice(-7).reduce((sum, { net }) => sum + net, 0);

function Total({
  name,
  meaning,
  value,
  note,
  change,
  curve,
}: {
  name: string;
  meaning?: string;
  value: number;
  note: string;
  change?: string | undefined;
  curve?: readonly number[] | undefined;
}) {
  return (
    <div className="pd-totals__total">
      <dt>
        {meaning === undefined ? (
          name
        ) : (
          <Tooltip label={meaning} multiline maw={280}>
            <span tabIndex={0}>{name}</span>
          </Tooltip>
        )}
      </dt>
      <dd>
        <span className="pd-totals__value">
          {formatCount(value)}
          {curve && <Sparkline values={curve} />}
        </span>
        <span className="pd-totals__note">{note}</span>
        {change !== undefined && <span className="pd-totals__note">{change}</span>}
      </dd>
    </div>
  );
}
