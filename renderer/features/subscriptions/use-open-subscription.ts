import { skipToken, useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from 'wouter';
import { subscriptionIdSchema, type SubscriptionId } from '../../../electron/contract/ids.ts';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { subscriptionPath } from '../../navigation/paths.ts';

/** The subscription whose details are open, at `/subscriptions/<id>`, and the way to open another or none. */
export function useOpenSubscription(): [SubscriptionId | null, (id: SubscriptionId | null) => void] {
  const [, navigate] = useLocation();
  const { id } = useParams<{ id?: string }>();
  const parsed = subscriptionIdSchema.safeParse(Number(id));
  const open = (next: SubscriptionId | null) => {
    navigate(subscriptionPath(next), { replace: true });
  };
  return [parsed.success ? parsed.data : null, open];
}

/** One subscription: taken from the rows that are loaded, or else asked for by itself. */
export function useSubscription(
  id: SubscriptionId | null,
  rows: readonly Subscription[] | undefined,
): Subscription | undefined {
  const loaded = rows?.find((row) => row.id === id);
  const { subscriptions } = useQueries();
  const asked = useQuery(
    subscriptions.get.queryOptions({ input: id === null || loaded !== undefined ? skipToken : { id } }),
  );
  return loaded ?? (id === null ? undefined : asked.data);
}
