import type { Target } from '../../../electron/contract/acts.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { countOf } from '../../format/numbers.ts';
import type { Selection } from '../../ui/table/use-selection.ts';

/** Rows to act on, and how many they are. */
export interface Chosen {
  target: Target;
  count: number;
}

export const chosenIds = (ids: readonly SubscriptionId[]): Chosen => ({
  target: { ids: [...ids] },
  count: ids.length,
});

interface Listed {
  filter: SubscriptionFilter;
  matching: number | undefined;
}

/** What is selected in a list; `null`: nothing. */
export function chosenOf(
  selection: Pick<Selection<SubscriptionId>, 'selected' | 'isAll' | 'except'>,
  { filter, matching }: Listed,
): Chosen | null {
  if (!selection.isAll) return selection.selected.size === 0 ? null : chosenIds([...selection.selected]);
  const count = Math.max(0, (matching ?? selection.selected.size) - selection.except.size);
  if (count === 0) return null;
  return { target: { filter, except: [...selection.except] }, count };
}

/** `1 subscription`, `18,204 subscriptions`. */
export const chosenWords = ({ count }: Pick<Chosen, 'count'>): string => countOf(count, 'subscription');
