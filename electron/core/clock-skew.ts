import { parseHttpDate } from './http-date.ts';

/** From here on a difference is named: tokens live for hours, but a clock this wrong is seldom right elsewhere. */
export const NOTABLE_SKEW_MS = 5 * 60 * 1000;

/**
 * How far this computer's clock is ahead of a push service's (behind: negative), in milliseconds: the part that is
 * certain, given that the answer was dated between sending and receiving, and in whole seconds.
 *
 * @param exchange `dateHeader`: the answer's `Date`; `sentAt` and `receivedAt`: this computer's clock, in ms
 * @returns 0 when both clocks can be right, `null` when the header is missing or malformed
 */
export function measureSkew(exchange: {
  dateHeader: string | null;
  sentAt: number;
  receivedAt: number;
}): number | null {
  const dated = exchange.dateHeader === null ? null : parseHttpDate(exchange.dateHeader);
  if (dated === null) return null;
  const atLeast = exchange.sentAt - (dated + 1000);
  const atMost = exchange.receivedAt - dated;
  if (atLeast > 0) return atLeast;
  return atMost < 0 ? atMost : 0;
}
