import {
  failed,
  gone,
  mismatched,
  only,
  pauses,
  REFUSING,
  retry,
  throttled,
} from '../diagnosis/answer-rules.ts';
import { USUAL_LIMITS, type NamedPushService } from './descriptor.ts';
import { appleDialect } from './dialects/apple.ts';

export const apple: NamedPushService = {
  name: 'Apple',
  nameInSentence: 'Apple',
  browsers: 'Safari on Mac, iPhone and iPad',
  usualBrowser: 'Safari',
  isAt: (host) => host.endsWith('.push.apple.com'),
  limits: { ...USUAL_LIMITS, minTtlSeconds: 1, topicIsDecoded: true },
  headers: () => [],
  // https://developer.apple.com/documentation/usernotifications/sending-web-push-notifications-in-web-apps-and-browsers, and the
  // documentation of APNs.
  answerRules: [
    {
      id: 'apple-key-mismatch',
      statuses: [[400, 499]],
      body: [/\b(?:VapidPkHashMismatch)\b/],
      means: mismatched('made-with-another-key'),
    },
    {
      id: 'apple-token',
      statuses: only(400, 401, 403),
      body: [/\b(?:BadJwtToken)\b/],
      means: pauses('apple-token-refused'),
    },
    {
      id: 'apple-token-expired',
      statuses: only(400, 401, 403),
      body: [/\b(?:Expired(?:Provider|Jwt)Token)\b/],
      means: pauses('token-expired'),
    },
    {
      id: 'apple-token-other',
      statuses: only(400, 401, 403),
      body: [
        /\b(?:(?:Invalid|Missing)(?:Provider|Jwt)Token|(?:Bad|Missing)Authorization\w*|BadCertificate\w*|\w*KeyIdInToken)\b/,
      ],
      means: pauses('token-refused'),
    },
    {
      id: 'apple-token-updates',
      statuses: [[400, 499]],
      body: [/\b(?:TooManyProviderTokenUpdates)\b/],
      means: throttled('token-updates-limited'),
    },
    {
      id: 'apple-endpoint',
      statuses: REFUSING,
      body: [/\b(?:(?:Bad|Missing)DeviceToken|DeviceTokenNotForTopic|BadPath)\b/],
      means: failed('endpoint-refused'),
    },
    {
      id: 'apple-topic',
      statuses: only(400, 403),
      body: [/\b(?:BadWebPushTopic|BadCollapseId)\b/],
      means: pauses('topic-refused'),
    },
    {
      id: 'apple-ttl',
      statuses: only(400),
      body: [/\b(?:BadTtl|BadExpirationDate)\b/],
      means: pauses('ttl-refused'),
    },
    {
      id: 'apple-urgency',
      statuses: only(400),
      body: [/\b(?:BadUrgency|BadPriority)\b/],
      means: pauses('urgency-refused'),
    },
    {
      id: 'apple-encoding',
      statuses: only(400),
      body: [/\b(?:BadContentEncoding|BadPayload)\b/],
      means: pauses('encoding-refused'),
    },
    {
      id: 'apple-headers',
      statuses: only(400),
      body: [/\b(?:DuplicateHeaders|BadMessageId|InvalidPushType)\b/],
      means: pauses('header-refused'),
    },
    {
      id: 'apple-size',
      statuses: REFUSING,
      body: [/\b(?:PayloadTooLarge)\b/],
      means: failed('payload-too-large'),
    },
    {
      id: 'apple-idle',
      statuses: only(400),
      body: [/\b(?:IdleTimeout)\b/],
      means: retry('service-timed-out'),
    },
    { id: 'apple-gone', statuses: only(410), means: gone('subscription-gone') },
  ],
  judgesContact: true,
  hasTrustedClock: true,
  whyNotShown: [
    'On an iPhone or iPad, the site must still be on the Home Screen; removing it ends its notifications.',
    'A Focus hides notifications from sites it does not allow.',
  ],
  usualShare: 15,
  dialect: appleDialect,
};
