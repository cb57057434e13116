import { Refusal } from '../../contract/problem.ts';

/**
 * The id below which a page of a list that goes from new to old begins.
 *
 * @throws Refusal BAD_INPUT for a cursor that is none of ours
 */
export function positionOf(cursor: string | null): number {
  if (cursor === null) return Number.MAX_SAFE_INTEGER;
  if (/^[1-9]\d{0,15}$/.test(cursor)) return Number(cursor);
  throw new Refusal('BAD_INPUT', {
    code: 'cursor-unknown',
    cause: 'This place in the list is not known.',
    cure: 'Start again from the first page.',
    field: 'cursor',
  });
}

export function subscriptionUnknown(): Refusal {
  return new Refusal('NOT_FOUND', {
    code: 'subscription-unknown',
    cause: 'This subscription no longer exists.',
    cure: 'Go back to the list.',
  });
}
