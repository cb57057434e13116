import { useQuery } from '@tanstack/react-query';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { countsByDay } from '../../format/counts-by-day.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { DayChart } from '../../ui/DayChart.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useNow } from '../../ui/Now.tsx';
import type { MovingIn as Progress } from '../../../electron/contract/moves.ts';

/** Moving from another service: what to do first, and how far it has come. */
export function MovingIn() {
  const moving = useQuery(useQueries().keys.movingIn.queryOptions());
  return (
    <>
      <p className="pd-soft">
        Import the subscriptions that the other service exports, and its key pair on Keys if you can get it.
        On each visitor’s next visit, a subscription with the key in use is kept; any other is renewed without
        asking again.
      </p>
      <Loaded of={loadable(moving)}>{(told) => <Told told={told} />}</Loaded>
    </>
  );
}

function Told({ told: { kept, renewed, toCome, hours } }: { told: Progress }) {
  const now = useNow();
  const from = hours[0]?.from ?? now;
  const keptByDay = countsByDay(
    hours.map(({ from: at, kept: count }) => [at, count]),
    from,
    now,
  );
  const renewedByDay = countsByDay(
    hours.map(({ from: at, renewed: count }) => [at, count]),
    from,
    now,
  );
  return (
    <section aria-label="Progress">
      <FactList
        facts={[
          ['Kept', formatCount(kept)],
          ['Renewed', formatCount(renewed)],
          ['Imported, not seen yet', formatCount(toCome)],
        ]}
      />
      {kept + renewed > 0 && (
        <DayChart
          label="Moved in by day"
          days={keptByDay.days}
          bars={[
            { label: 'Kept', values: keptByDay.values, tone: 'ok' },
            { label: 'Renewed', values: renewedByDay.values, tone: 'busy' },
          ]}
          summary={`${countOf(kept + renewed, 'subscription')} moved in`}
        />
      )}
    </section>
  );
}
