import { Button } from '@mantine/core';
import { formatCount } from '../../format/numbers.ts';
import type { More } from './more.ts';

interface RowsLoadedProps {
  more: More;
  loaded: number;
  total: number | undefined;
  onStart: () => void;
}

/** Shown under the last loaded row while there are more, so that it is not taken for the last one. */
export function RowsLoaded({ more, loaded, total, onStart }: RowsLoadedProps) {
  if (more.end?.isAt === true) {
    return (
      <div className="pd-table__more pd-figures">
        {`The last ${formatCount(loaded)}${total === undefined ? '' : ` of ${formatCount(total)}`} rows. Scroll up to load more. `}
        <Button size="compact-xs" variant="subtle" onClick={onStart}>
          Go to the start
        </Button>
      </div>
    );
  }
  const count = total === undefined ? formatCount(loaded) : `${formatCount(loaded)} of ${formatCount(total)}`;
  return (
    <div className="pd-table__more pd-figures">
      {count} rows loaded.{' '}
      {more.isFull
        ? more.end
          ? 'Press End to go to the last ones.'
          : 'Search or filter to reach the rest.'
        : `Scroll to load more, or press End to ${more.end ? 'go to the last ones' : 'load all'}.`}
      {more.turn && (
        <>
          {' '}
          <Button size="compact-xs" variant="subtle" onClick={more.turn}>
            Start from the other end
          </Button>
        </>
      )}
    </div>
  );
}
