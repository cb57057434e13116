import type { Target } from '../../../electron/contract/acts.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { formatCount } from '../../format/numbers.ts';
import type { Selection } from '../../ui/table/use-selection.ts';

/** Rows that something is to be done to, with how many they are as far as it is known. */
export interface Chosen {
  target: Target;
  count: number;
  /** There are so many or more. */
  isAtLeast?: boolean;
}

export const chosenIds = (ids: readonly SubscriptionId[]): Chosen => ({
  target: { ids: [...ids] },
  count: ids.length,
});

interface Listed {
  filter: SubscriptionFilter;
  matching: number | undefined;
  isAtLeast: boolean;
}

/** What is selected in a list; `null`: nothing. */
export function chosenOf(
  selection: Pick<Selection<SubscriptionId>, 'selected' | 'isAll' | 'except'>,
  { filter, matching, isAtLeast }: Listed,
): Chosen | null {
  if (!selection.isAll) return selection.selected.size === 0 ? null : chosenIds([...selection.selected]);
  const count = Math.max(0, (matching ?? selection.selected.size) - selection.except.size);
  if (count === 0) return null;
  return { target: { filter, except: [...selection.except] }, count, isAtLeast };
}

/** `18,204`; `10,000+` where counting ended early. */
export const formatChosen = ({ count, isAtLeast = false }: Pick<Chosen, 'count' | 'isAtLeast'>): string =>
  `${formatCount(count)}${isAtLeast ? '+' : ''}`;

/** `1 subscription`, `18,204 subscriptions`. */
export const chosenWords = (chosen: Chosen): string =>
  `${formatChosen(chosen)} ${chosen.count === 1 ? 'subscription' : 'subscriptions'}`;
