import type { z } from 'zod';
import type { deliveryDetailSchema } from '../../../../contract/deliveries.ts';
import { personalOf } from '../../../../core/message/variables/personal.ts';
import type { PersonalStore } from '../../../dispatch/personal-store.ts';
import type { DeliveryRow } from '../delivery-store.ts';

/** What the recipient of a delivery gets, where texts differ. */
export function personalTextOf(
  store: Pick<PersonalStore, 'plan' | 'values'>,
  { id, campaignId }: DeliveryRow,
): z.infer<typeof deliveryDetailSchema>['personal'] {
  const plan = store.plan(campaignId);
  if (plan === null || plan === 'damaged') return null;
  const fixed = store.values([id]).get(id);
  if (fixed === undefined) return null;
  const personal = personalOf(plan);
  const message = personal.message(fixed);
  const { title, body } = message;
  return { ...fixed, title, body, message, payload: personal.payload(fixed) };
}
