import type { Problem } from '../../contract/problem.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { parseHttpDate } from './http-date.ts';
import { pushServiceName } from '../push-services/push-service.ts';

/** A difference is reported from here on: tokens live for hours, but a clock this wrong is seldom right for other purposes. */
export const NOTABLE_SKEW_MS = 5 * 60 * 1000;

/**
 * How far this computer's clock is ahead of a push service's (behind: negative), in milliseconds: the certain part of it, given that the
 * answer was dated between sending and receiving, in whole seconds.
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

const UNITS = [
  { ms: 24 * 60 * 60 * 1000, name: 'day' },
  { ms: 60 * 60 * 1000, name: 'hour' },
  { ms: 60 * 1000, name: 'minute' },
] as const;

/** What the person should know about a clock that is wrong by this much; `null` where it does not matter. */
export function namesSkew(service: PushServiceId, skewMs: number): Problem | null {
  if (Math.abs(skewMs) < NOTABLE_SKEW_MS) return null;
  const unit = UNITS.find(({ ms }) => Math.abs(skewMs) >= ms) ?? UNITS[2];
  const count = Math.round(Math.abs(skewMs) / unit.ms);
  const side = skewMs > 0 ? 'ahead of' : 'behind';
  return {
    code: 'clock-off',
    cause: `The clock of this computer is about ${count} ${unit.name}${count === 1 ? '' : 's'} ${side} that of ${pushServiceName(service)}.`,
    cure: 'Set it to update automatically. Until then the times shown here are wrong, and push services reject messages once it is off by many hours.',
  };
}
