import { gone, mismatched, only, pauses } from '../diagnosis/answer-rules.ts';
import { USUAL_LIMITS, type PushService } from './descriptor.ts';

export const apple: PushService = {
  name: 'Apple',
  nameInSentence: 'Apple',
  browsers: 'Safari on Mac, iPhone and iPad',
  usualBrowser: 'Safari',
  isAt: (host) => host.endsWith('.push.apple.com'),
  limits: { ...USUAL_LIMITS, minTtlSeconds: 1, topicIsDecoded: true },
  headers: () => [],
  answerRules: [
    {
      id: 'apple-key-mismatch',
      statuses: [[400, 499]],
      body: [/\bVapidPkHashMismatch\b/],
      means: mismatched('made-with-another-key'),
    },
    {
      id: 'apple-token',
      statuses: only(400, 401, 403),
      body: [/\bBadJwtToken\b/],
      means: pauses('apple-token-refused'),
    },
    {
      id: 'apple-topic',
      statuses: only(400),
      body: [/\bBadWebPushTopic\b/],
      means: pauses('topic-refused'),
    },
    {
      id: 'apple-ttl',
      statuses: only(400),
      body: [/\bBadTtl\b/],
      means: pauses('ttl-refused'),
    },
    {
      id: 'apple-urgency',
      statuses: only(400),
      body: [/\bBadUrgency\b/],
      means: pauses('urgency-refused'),
    },
    { id: 'apple-gone', statuses: only(410), means: gone('subscription-gone') },
  ],
  judgesContact: true,
  hasTrustedClock: true,
  usualShare: 15,
};
