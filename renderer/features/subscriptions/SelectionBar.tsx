import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { formatCount } from '../../format/numbers.ts';
import type { Selection } from '../../ui/table/use-selection.ts';
import { EraseForGood } from './EraseForGood.tsx';
import type { SubscriptionActs } from './use-subscription-acts.ts';

interface SelectionBarProps {
  selection: Selection<SubscriptionId>;
  /** How many rows the list has in all; loaded are often fewer. */
  matching: number | undefined;
  isBin: boolean;
  acts: SubscriptionActs;
}

/** What can be done with the selected rows; lies over the table, so that nothing jumps. */
export function SelectionBar({ selection, matching, isBin, acts }: SelectionBarProps) {
  const ids = [...selection.selected];
  if (ids.length === 0) return null;
  return (
    <div className="pd-selection" role="toolbar" aria-label="Selected rows">
      <span className="pd-selection__count pd-figures" role="status">
        {matching !== undefined && matching > ids.length
          ? `${formatCount(ids.length)} of ${formatCount(matching)} selected`
          : `${formatCount(ids.length)} selected`}
      </span>
      {isBin ? (
        <Button
          size="xs"
          onClick={() => {
            acts.restore(ids);
          }}
        >
          Restore
        </Button>
      ) : (
        <Button
          size="xs"
          onClick={() => {
            acts.sendTo(ids);
          }}
        >
          Send to selected
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          acts.copyJson(ids);
        }}
      >
        Copy as JSON
      </Button>
      {!isBin && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            acts.remove(ids);
          }}
        >
          Delete
        </Button>
      )}
      {isBin && <EraseForGood ids={ids} onErased={acts.done} />}
      <Tooltip label="Clear selection">
        <ActionIcon aria-label="Clear selection" onClick={selection.clear}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
