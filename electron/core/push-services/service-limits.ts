import type { PushServiceId } from '../../contract/push-service.ts';

const DAY_SECONDS = 24 * 60 * 60;

interface Limits {
  minTtlSeconds: number;
  maxTtlSeconds: number;
  /** Largest encrypted body: what RFC 8030 §7.2 has every service take, and none of these takes more. */
  maxBodyBytes: number;
  /** Apple decodes the topic as base64url, and no such text has a length of 4n + 1. */
  topicIsDecoded: boolean;
}

const LIMITS: Record<PushServiceId, Limits> = {
  fcm: { minTtlSeconds: 0, maxTtlSeconds: 28 * DAY_SECONDS, maxBodyBytes: 4096, topicIsDecoded: false },
  mozilla: { minTtlSeconds: 0, maxTtlSeconds: 30 * DAY_SECONDS, maxBodyBytes: 4096, topicIsDecoded: false },
  apple: { minTtlSeconds: 1, maxTtlSeconds: 30 * DAY_SECONDS, maxBodyBytes: 4096, topicIsDecoded: true },
  wns: { minTtlSeconds: 0, maxTtlSeconds: 30 * DAY_SECONDS, maxBodyBytes: 4096, topicIsDecoded: false },
  other: { minTtlSeconds: 0, maxTtlSeconds: 30 * DAY_SECONDS, maxBodyBytes: 4096, topicIsDecoded: false },
};

/** Largest encrypted body that a push service takes, in bytes. */
export const bodyLimitOf = (service: PushServiceId): number => LIMITS[service].maxBodyBytes;

export interface FittedMessage {
  ttlSeconds: number;
  /** Empty means none. */
  topic: string;
  /** One sentence for each value that was changed. */
  notes: string[];
}

/**
 * Fits TTL and topic to what a push service takes (RFC 8030 §5.2 and §5.4 leave both limits to the service).
 * A topic is changed the same way every time, so that it still replaces an earlier one.
 */
export function fitToService(
  message: { ttlSeconds: number; topic: string },
  service: PushServiceId,
): FittedMessage {
  const limits = LIMITS[service];
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
  return { ttlSeconds, topic, notes };
}

/**
 * Headers that only this push service wants. WNS answers 400 when its cache policy and the TTL contradict each
 * other, so the policy follows the TTL that is really sent.
 */
export function serviceHeaders(service: PushServiceId, ttlSeconds: number): [string, string][] {
  return service === 'wns' ? [['X-WNS-Cache-Policy', ttlSeconds > 0 ? 'cache' : 'no-cache']] : [];
}
