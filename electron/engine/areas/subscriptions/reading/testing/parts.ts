import { PRINTED } from './printed-forms.ts';

/** What a text shows of a subscription: its endpoint, `p256dh` and `auth`. */
export interface Parts {
  readonly ep: string;
  readonly p: string;
  readonly a: string;
}

/** Those of the two subscriptions that all texts about people contain. */
export const PARTS = PRINTED.map(({ endpoint, keys }) => ({
  ep: endpoint,
  p: keys.p256dh,
  a: keys.auth,
})) as [Parts, Parts];
