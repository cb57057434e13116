import type { AnswerRule } from '../diagnosis/answer-rules.ts';
import type { Dialect, DialectTools } from './dialects/dialect.ts';

export interface ServiceLimits {
  readonly minTtlSeconds: number;
  readonly maxTtlSeconds: number;
  /** Largest encrypted body: what RFC 8030 §7.2 requires every service to accept, and none of these accepts more. */
  readonly maxBodyBytes: number;
  /** Apple decodes the topic as base64url, which never has a length of 4n + 1. */
  readonly topicIsDecoded: boolean;
}

/** Everything particular to one push service. What is not here is the same for all of them. */
export interface PushService {
  /** As people know it. */
  readonly name: string;
  /** As used within a sentence, never at its start. */
  readonly nameInSentence: string;
  /** Which browsers use it, for a line of explanation. */
  readonly browsers: string;
  /** The browser that most of its subscriptions come from; `null`: not known. */
  readonly usualBrowser: string | null;
  /** @param host as `URL.hostname` gives it */
  readonly isAt: (host: string) => boolean;
  readonly limits: ServiceLimits;
  /** Header fields that only this service requires, given the TTL that is really sent. */
  readonly headers: (ttlSeconds: number) => [string, string][];
  /** What its own words mean. These rules are tried before those for all services. */
  readonly answerRules: readonly AnswerRule[];
  /** Whether it judges the contact in a token, and refuses some that others accept. */
  readonly judgesContact: boolean;
  /** Whether its clock can be trusted. The clock of a service that people host themselves may be the wrong one of the two. */
  readonly hasTrustedClock: boolean;
  /** What to check if it accepted a message and the device has not shown it, besides what applies to every device. */
  readonly whyNotShown: readonly string[];
  /** Its rough share of a European site's audience, in percent: a rehearsal is spread accordingly. */
  readonly usualShare: number;
}

/** One that is known by name, so the local push service can imitate it. */
export interface NamedPushService extends PushService {
  readonly dialect: (tools: DialectTools) => Dialect;
}

/** For `whyNotShown` of services that Chromium's browsers use. */
export const CHROMIUM_HAS_TO_RUN =
  'On a computer, Chrome and Edge only receive messages while they are running, even if only in the background.';

export const DAY_SECONDS = 24 * 60 * 60;

export const USUAL_LIMITS: ServiceLimits = {
  minTtlSeconds: 0,
  maxTtlSeconds: 30 * DAY_SECONDS,
  maxBodyBytes: 4096,
  topicIsDecoded: false,
};
