import type { AnswerRule } from '../diagnosis/answer-rules.ts';
import type { Dialect, DialectTools } from './dialects/dialect.ts';

export interface ServiceLimits {
  readonly minTtlSeconds: number;
  readonly maxTtlSeconds: number;
  /** Largest encrypted body: what RFC 8030 §7.2 has every service take, and none of these takes more. */
  readonly maxBodyBytes: number;
  /** Apple decodes the topic as base64url, and no such text has a length of 4n + 1. */
  readonly topicIsDecoded: boolean;
}

/** All that is peculiar to one push service. What is not said here is the same for all of them. */
export interface PushService {
  /** As people know it. */
  readonly name: string;
  /** As it stands in a sentence, never at its start. */
  readonly nameInSentence: string;
  /** Which browsers live there, for a line of explanation. */
  readonly browsers: string;
  /** The browser that most of its subscriptions come from; `null`: nobody can tell. */
  readonly usualBrowser: string | null;
  /** @param host as `URL.hostname` gives it */
  readonly isAt: (host: string) => boolean;
  readonly limits: ServiceLimits;
  /** Header fields that only this service wants, for the TTL that is really sent. */
  readonly headers: (ttlSeconds: number) => [string, string][];
  /** What its own words mean. These rules are tried before those for all services. */
  readonly answerRules: readonly AnswerRule[];
  /** Whether it judges the contact of a token, and refuses some that others take. */
  readonly judgesContact: boolean;
  /** Whether its clock is right. That of a service that people host themselves may be the wrong one of the two. */
  readonly hasTrustedClock: boolean;
  /** What to look at where it took a message and the device has not shown it, besides what holds for every device. */
  readonly whyNotShown: readonly string[];
  /** Its rough share of the audience of a site in Europe, in percent: how a rehearsal is spread. */
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
