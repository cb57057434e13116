import type { SubscriptionFilter } from '../../electron/contract/subscriptions.ts';

/** Lists that drop down stay inside the popover: outside it, a press on them would close it. */
export const INSIDE = { withinPortal: false };
/** Tags, values or ids that one condition may name here. */
export const MAX_CHOICES = 200;

export interface EditorProps {
  filter: SubscriptionFilter;
  onChange: (filter: SubscriptionFilter) => void;
}
