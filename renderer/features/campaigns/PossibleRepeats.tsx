import { Button } from '@mantine/core';
import { IconCopyCheck } from '@tabler/icons-react';
import { countOf } from '../../format/numbers.ts';
import type { DeliveryFilter } from './outcomes.ts';

interface PossibleRepeatsProps {
  count: number;
  /** The campaign comes from a backup, which does not know what was sent after it was made. */
  isRestored: boolean;
  filter: DeliveryFilter;
  onFilter: (filter: DeliveryFilter) => void;
}

/** Nothing is sent twice in silence: this says how many may have been, why, and leads to them. */
export function PossibleRepeats({ count, isRestored, filter, onFilter }: PossibleRepeatsProps) {
  if (count === 0) return null;
  return (
    <p className="pd-repeats pd-small pd-soft">
      <IconCopyCheck size={15} aria-hidden />
      <span>
        {countOf(count, 'message')} may have arrived twice:{' '}
        {isRestored ? 'the backup had no record, or no answer came' : 'no answer came'}, so{' '}
        {count === 1 ? 'it was' : 'they were'} sent again. Devices show both as one.
      </span>
      {filter !== 'maybe-twice' && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            onFilter('maybe-twice');
          }}
        >
          Show them
        </Button>
      )}
    </p>
  );
}
