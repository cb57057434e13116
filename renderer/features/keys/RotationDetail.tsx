import { useQuery } from '@tanstack/react-query';
import type { KeyRotation } from '../../../electron/contract/moves.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { countsByDay } from '../../format/counts-by-day.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { DayChart } from '../../ui/DayChart.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { useNow } from '../../ui/Now.tsx';
import { goneOf, pairName } from './rotation-words.ts';

const STATES: Record<KeyRotation['state'], string> = {
  moving: 'Under way',
  finished: 'Finished',
  cancelled: 'Undone',
};

/** The latest change away from one key: how many have moved, day by day. */
export function RotationDetail({ publicKey }: { publicKey: string }) {
  const { data = [] } = useQuery(useQueries().keys.rotations.queryOptions());
  const rotation = data.find(({ from }) => from.publicKey === publicKey);
  return rotation === undefined ? null : <Detail rotation={rotation} />;
}

function Detail({ rotation }: { rotation: KeyRotation }) {
  const { to, state, startedAt, moved, left, leftSeen, hours } = rotation;
  const now = useNow();
  const gone = goneOf(rotation);
  const { days, values } = countsByDay(
    hours.map(({ from, moved: count }) => [from, count]),
    startedAt,
    rotation.endedAt ?? now,
  );
  return (
    <section>
      <h3 className="pd-section__title">Replacing with {pairName(to)}</h3>
      <FactList
        facts={[
          ['State', STATES[state]],
          ['Started', <RelativeTime key="started" at={startedAt} />],
          ['Moved', formatCount(moved)],
          ['Still to move', formatCount(left)],
          ...(left > 0
            ? ([
                ['Visited in 7 days', formatCount(leftSeen.inWeek)],
                ['Visited in 30 days', formatCount(leftSeen.inWeek + leftSeen.inMonth)],
              ] as const)
            : []),
          ...(state !== 'cancelled' && gone > 0
            ? ([['No longer subscribed', formatCount(gone)]] as const)
            : []),
        ]}
      />
      {moved > 0 && (
        <DayChart
          label="Moved by day"
          days={days}
          bars={[{ label: 'Moved', values, tone: 'ok' }]}
          summary={`${countOf(moved, 'subscription')} moved`}
        />
      )}
    </section>
  );
}
