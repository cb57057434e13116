import { Refusal } from '../../../contract/problem.ts';
import type { SubscriptionFilter } from '../../../contract/subscriptions.ts';

/**
 * Audiences and segments are for sending, and nobody in the bin is sent anything.
 *
 * @param field of the input that holds the filter
 * @throws Refusal BAD_INPUT
 */
export function mustBeOutsideOfBin({ inBin }: SubscriptionFilter, field: string): void {
  if (!inBin) return;
  throw new Refusal('BAD_INPUT', {
    code: 'filter-of-bin',
    cause: 'This filter asks for what is in the bin, and nobody there is sent anything.',
    cure: 'Leave inBin out. To send to subscriptions in the bin, restore them first.',
    field,
  });
}
