import {
  ACCEPTING,
  failed,
  gone,
  KEY_MISMATCH,
  mismatched,
  only,
  pauses,
  retryAlone,
  throttled,
} from '../diagnosis/answer-rules.ts';
import { CHROMIUM_HAS_TO_RUN, USUAL_LIMITS, type NamedPushService } from './descriptor.ts';
import { wnsDialect } from './dialects/wns.ts';

const STATES = [
  'X-WNS-Status',
  'X-WNS-NotificationStatus',
  'X-WNS-DeviceConnectionStatus',
  'X-NotificationStatus',
];
const REASON = ['X-WNS-Error-Description'];

export const wns: NamedPushService = {
  name: 'Windows (WNS)',
  nameInSentence: 'Windows (WNS)',
  browsers: 'Edge on Windows',
  usualBrowser: 'Edge',
  isAt: (host) => host.endsWith('.notify.windows.com'),
  limits: USUAL_LIMITS,
  // WNS answers 400 when its cache policy and the TTL contradict each other.
  headers: (ttlSeconds) => [['X-WNS-Cache-Policy', ttlSeconds > 0 ? 'cache' : 'no-cache']],
  answerRules: [
    // Even with a 2xx, these say that nothing will be delivered: by its status alone the message would count as accepted.
    {
      id: 'wns-channel-throttled',
      statuses: ACCEPTING,
      header: { names: STATES, value: /throttled|queue ?full/i },
      means: retryAlone('channel-throttled'),
    },
    {
      id: 'wns-dropped',
      statuses: ACCEPTING,
      header: { names: STATES, value: /\b(?:dropped|suppressed)\b/i },
      means: failed('dropped-by-service'),
    },
    {
      id: 'wns-cache-policy',
      statuses: only(400),
      header: { names: REASON, value: /conflicts with X-WNS-Cache-Policy/i },
      means: pauses('cache-policy-refused'),
    },
    {
      id: 'wns-topic',
      statuses: only(400),
      header: { names: REASON, value: /\btopic\b/i },
      means: pauses('topic-refused'),
    },
    {
      id: 'wns-ttl',
      statuses: only(400),
      header: { names: REASON, value: /\bttl\b/i },
      means: pauses('ttl-refused'),
    },
    {
      id: 'wns-urgency',
      statuses: only(400),
      header: { names: REASON, value: /\burgency\b/i },
      means: pauses('urgency-refused'),
    },
    {
      id: 'wns-key-mismatch',
      statuses: only(401, 403),
      header: { names: REASON, value: KEY_MISMATCH },
      means: mismatched('made-with-another-key'),
    },
    {
      id: 'wns-token-expired',
      statuses: only(401, 403),
      header: { names: [...REASON, 'WWW-Authenticate'], value: /\bexpired\b/i },
      means: pauses('token-expired'),
    },
    {
      id: 'wns-not-the-sender',
      statuses: only(403),
      header: { names: REASON, value: /not authorized to send/i },
      means: pauses('auth-refused'),
    },
    {
      id: 'wns-unknown-channel',
      statuses: only(404, 410),
      header: { names: REASON, value: /\bURI\b.{0,40}\b(?:not valid|invalid)\b/i },
      means: gone('endpoint-unknown'),
    },
    {
      id: 'wns-gone-in-words',
      statuses: only(404, 410),
      header: { names: [...STATES, ...REASON], value: /\S/ },
      means: gone('subscription-gone'),
    },
    { id: 'wns-throttled', statuses: only(406), means: throttled('rate-limited') },
    { id: 'wns-auth', statuses: only(401, 403), means: pauses('token-refused') },
    { id: 'wns-gone', statuses: only(404, 410), means: gone('subscription-gone') },
  ],
  judgesContact: false,
  hasTrustedClock: true,
  whyNotShown: [
    CHROMIUM_HAS_TO_RUN,
    'In Windows, notifications must be on for the browser, and “Do not disturb” off.',
  ],
  usualShare: 5,
  dialect: wnsDialect,
};
