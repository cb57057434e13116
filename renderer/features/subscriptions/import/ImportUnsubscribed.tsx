import { Switch } from '@mantine/core';
import type { ImportUnsubscribed as Unsubscribed } from '../../../../electron/contract/subscription-import.ts';
import { countOf } from '../../../format/numbers.ts';
import { linesOf } from './lines-of.ts';

/** Rows that the text itself marks as unsubscribed: they are left out, unless a person says otherwise. */
export function ImportUnsubscribed({
  unsubscribed: { count, lines, mark },
  isIncluded,
  disabled,
  onChange,
}: {
  unsubscribed: Unsubscribed;
  isIncluded: boolean;
  disabled: boolean;
  onChange: (isIncluded: boolean) => void;
}) {
  const rows = `${countOf(count, 'row')} ${count === 1 ? 'is' : 'are'} marked as unsubscribed`;
  return (
    <div className="pd-import__unsubscribed">
      <div>
        {isIncluded ? `${rows} and will be imported as active.` : `${rows} and will be left out.`}
        <div className="pd-soft pd-small">
          {linesOf(lines, count)}: <bdi className="pd-mono">{mark}</bdi>
        </div>
      </div>
      <Switch
        label="Import anyway"
        labelPosition="left"
        checked={isIncluded}
        disabled={disabled}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
    </div>
  );
}
