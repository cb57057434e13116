import type { PushServiceId } from '../../contract/push-service.ts';
import { PUSH_SERVICES } from './all.ts';
import { DAY_SECONDS } from './descriptor.ts';

/** Largest encrypted body that a push service accepts, in bytes. */
export const bodyLimitOf = (service: PushServiceId): number => PUSH_SERVICES[service].limits.maxBodyBytes;

export interface FittedMessage {
  ttlSeconds: number;
  /** Empty means none. */
  topic: string;
  /** When the message is no longer of use, in ms since 1970; `null`: only the TTL counts. */
  expiresAt?: number | null;
  /** One sentence for each value that was changed. */
  notes: string[];
}

/**
 * Fits TTL and topic to what a push service accepts (RFC 8030 §5.2 and §5.4 leave both limits to the service). A topic is changed the same
 * way every time, so that it still replaces an earlier one.
 */
export function fitToService(
  message: { ttlSeconds: number; topic: string; expiresAt?: number | null },
  service: PushServiceId,
): FittedMessage {
  const { limits } = PUSH_SERVICES[service];
  const notes: string[] = [];
  let { ttlSeconds, topic } = message;
  if (ttlSeconds > limits.maxTtlSeconds) {
    ttlSeconds = limits.maxTtlSeconds;
    notes.push(`TTL shortened to ${ttlSeconds / DAY_SECONDS} days, the longest this push service accepts.`);
  }
  if (ttlSeconds < limits.minTtlSeconds) {
    ttlSeconds = limits.minTtlSeconds;
    notes.push(`TTL raised to ${ttlSeconds} second, because this push service rejects 0.`);
  }
  if (limits.topicIsDecoded && topic.length % 4 === 1) {
    topic = `${topic}-`;
    notes.push(`Topic sent as "${topic}", because this push service rejects topics of that length.`);
  }
  const { expiresAt = null } = message;
  return { ttlSeconds, topic, ...(expiresAt === null ? {} : { expiresAt }), notes };
}
