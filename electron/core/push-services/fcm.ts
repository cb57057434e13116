import {
  ACCEPTING,
  failed,
  gone,
  KEY_MISMATCH,
  mismatched,
  only,
  pauses,
  REFUSING,
  retry,
  retryAlone,
  throttled,
  UNKNOWN_ENDPOINT,
} from '../diagnosis/answer-rules.ts';
import { CHROMIUM_HAS_TO_RUN, DAY_SECONDS, USUAL_LIMITS, type NamedPushService } from './descriptor.ts';
import { fcmDialect } from './dialects/fcm.ts';

/** Google's older answers say with a 200 what the newer ones say with a status of their own. */
const SAID = [...ACCEPTING, [400, 403]] as const;

/** `jmt17`: for builds of Chromium without Google's keys, as Linux distributions make them. */
const HOSTS = ['fcm.googleapis.com', 'android.googleapis.com', 'jmt17.google.com'];

export const fcm: NamedPushService = {
  name: 'Google (FCM)',
  nameInSentence: 'Google (FCM)',
  browsers: 'Chrome, Brave, Opera, Samsung Internet',
  usualBrowser: 'Chrome',
  isAt: (host) => HOSTS.includes(host),
  limits: { ...USUAL_LIMITS, maxTtlSeconds: 28 * DAY_SECONDS },
  headers: () => [],
  answerRules: [
    {
      id: 'fcm-key-mismatch',
      statuses: SAID,
      body: [
        /do(?:es)? not correspond to the (?:credentials|sender ID|key)|MismatchSenderId|sender_?id_? ?mismatch/i,
      ],
      means: mismatched('made-with-another-key'),
    },
    {
      id: 'fcm-other-key',
      statuses: [[400, 403]],
      body: [KEY_MISMATCH],
      means: mismatched('made-with-another-key'),
    },
    // As certain as a 410: Google says it about a subscription that will never take a message again.
    {
      id: 'fcm-not-registered',
      statuses: [...SAID, ...only(404, 410)],
      body: [/\bNotRegistered\b|\bUNREGISTERED\b/],
      means: gone('subscription-gone'),
    },
    {
      id: 'fcm-unsubscribed',
      statuses: only(404, 410),
      body: [/push subscription has unsubscribed or expired/i],
      means: gone('subscription-gone'),
    },
    {
      id: 'fcm-unauthorized-registration',
      statuses: SAID,
      body: [/UnauthorizedRegistration/i],
      means: pauses('registration-refused'),
    },
    {
      id: 'fcm-endpoint',
      statuses: [...ACCEPTING, ...REFUSING],
      body: [/(?:Invalid|Missing)_?Registration\b|registration token is not a valid/i],
      means: failed('endpoint-refused'),
    },
    {
      id: 'fcm-size',
      statuses: [...ACCEPTING, ...REFUSING],
      body: [/MessageTooBig|MESSAGE_TOO_BIG|message (?:is )?too big/i],
      means: failed('payload-too-large'),
    },
    {
      id: 'fcm-device-rate',
      statuses: [...ACCEPTING, [400, 599]],
      body: [/Device_?Message_?Rate_?Exceeded/i],
      means: retryAlone('channel-throttled'),
    },
    {
      id: 'fcm-quota',
      statuses: [...ACCEPTING, ...REFUSING],
      body: [/Quota_?Exceeded|RESOURCE_EXHAUSTED|Message_?Rate_?Exceeded/i],
      means: throttled('rate-limited'),
    },
    {
      id: 'fcm-unavailable',
      statuses: ACCEPTING,
      body: [/"error"\s{0,9}:\s{0,9}"(?:Unavailable|InternalServerError)"/],
      means: retry('service-unavailable'),
    },
    {
      id: 'fcm-ttl',
      statuses: only(400),
      body: [/Invalid_?Ttl|\bTTL header\b/i],
      means: pauses('ttl-refused'),
    },
    { id: 'fcm-topic', statuses: only(400), body: [/\bTopic header\b/i], means: pauses('topic-refused') },
    {
      id: 'fcm-urgency',
      statuses: only(400),
      body: [/\bUrgency header\b/i],
      means: pauses('urgency-refused'),
    },
    {
      id: 'fcm-token-expired',
      statuses: only(400, 401, 403),
      body: [/JWT|VAPID|token/i, /\bexpired\b/i],
      means: pauses('token-expired'),
    },
    {
      id: 'fcm-token',
      statuses: only(400, 401, 403),
      body: [
        /\bJWT|\bVAPID\b|(?:authorization|crypto-?key) header|p256ecdsa|\baud\b[^]{0,40}claim|claim[^]{0,40}\baud\b|THIRD_PARTY_AUTH_ERROR/i,
      ],
      means: pauses('token-refused'),
    },
    // Pages of its own, not ones in its place.
    {
      id: 'fcm-page',
      statuses: only(401, 403),
      body: [/<H2>Error 40[13]<\/H2>/],
      means: pauses('token-refused'),
    },
    UNKNOWN_ENDPOINT,
    {
      id: 'fcm-page-gone',
      statuses: only(404),
      body: [/<H2>Error 404<\/H2>|<title>Error 404 \(Not Found\)!!1<\/title>/],
      means: gone('subscription-gone'),
      onlyAtItsOwnHost: true,
    },
    { id: 'fcm-401', statuses: only(401), means: pauses('token-refused') },
  ],
  judgesContact: false,
  hasTrustedClock: true,
  whyNotShown: [
    CHROMIUM_HAS_TO_RUN,
    'On Android, battery saving can hold back messages with low urgency until the device is used.',
    'In Brave, “Use Google services for push messaging” must be on.',
  ],
  usualShare: 65,
  dialect: fcmDialect,
};
