import { gone, only, pauses, throttled } from '../diagnosis/answer-rules.ts';
import { USUAL_LIMITS, type PushService } from './descriptor.ts';

export const wns: PushService = {
  name: 'Windows (WNS)',
  nameInSentence: 'Windows (WNS)',
  browsers: 'Edge on Windows',
  usualBrowser: 'Edge',
  isAt: (host) => host.endsWith('.notify.windows.com'),
  limits: USUAL_LIMITS,
  // WNS answers 400 when its cache policy and the TTL contradict each other.
  headers: (ttlSeconds) => [['X-WNS-Cache-Policy', ttlSeconds > 0 ? 'cache' : 'no-cache']],
  answerRules: [
    {
      id: 'wns-cache-policy',
      statuses: only(400),
      header: { name: 'X-WNS-Error-Description', value: /conflicts with X-WNS-Cache-Policy/i },
      means: pauses('cache-policy-refused'),
    },
    { id: 'wns-throttled', statuses: only(406), means: throttled('rate-limited') },
    { id: 'wns-auth', statuses: only(401, 403), means: pauses('token-refused') },
    { id: 'wns-gone', statuses: only(404, 410), means: gone('subscription-gone') },
  ],
  judgesContact: false,
  hasTrustedClock: true,
  usualShare: 5,
};
