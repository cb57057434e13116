import { Refusal } from '../../../contract/problem.ts';

export function subscriptionUnknown(): Refusal {
  return new Refusal('NOT_FOUND', {
    code: 'subscription-unknown',
    cause: 'This subscription no longer exists.',
    cure: 'Go back to the list.',
  });
}
