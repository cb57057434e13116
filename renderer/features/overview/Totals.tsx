import { Tooltip } from '@mantine/core';
import type { Overview } from '../../../electron/contract/overview.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { DELIVERY_STATES } from '../../words/states.ts';

/** The figures that tell how it goes, in one line. */
export function Totals({ totals }: { totals: Overview['totals'] }) {
  const done = totals.accepted + totals.failed + totals.gone;
  return (
    <dl className="pd-totals" aria-label="Totals">
      <Total
        name="Subscriptions"
        value={totals.activeSubscriptions}
        note={`active, ${formatCount(totals.subscriptions)} in all`}
      />
      <Total name="Campaigns" value={totals.campaigns} note={underWayWords(totals.campaignsUnderWay)} />
      <Total
        name={DELIVERY_STATES.accepted.word}
        meaning={DELIVERY_STATES.accepted.meaning}
        value={totals.accepted}
        note={done === 0 ? 'by push services' : `${formatShare(totals.accepted, done)} of those done`}
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

/** Campaigns are counted from their start: how many of them have not come to their end is said beside. */
const underWayWords = (count: number) =>
  count === 0 ? 'none in progress' : `${formatCount(count)} in progress`;

function Total({
  name,
  meaning,
  value,
  note,
}: {
  name: string;
  meaning?: string;
  value: number;
  note: string;
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
        <span className="pd-totals__value">{formatCount(value)}</span>
        <span className="pd-totals__note">{note}</span>
      </dd>
    </div>
  );
}
