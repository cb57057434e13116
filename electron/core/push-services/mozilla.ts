import { mismatched, only, pauses, retry } from '../diagnosis/answer-rules.ts';
import { USUAL_LIMITS, type PushService } from './descriptor.ts';

export const mozilla: PushService = {
  name: 'Mozilla',
  nameInSentence: 'Mozilla',
  browsers: 'Firefox',
  usualBrowser: 'Firefox',
  isAt: (host) => host.endsWith('.push.services.mozilla.com'),
  limits: USUAL_LIMITS,
  headers: () => [],
  answerRules: [
    {
      id: 'mozilla-key-mismatch',
      statuses: only(401, 403),
      body: [/"errno"\s*:\s*109\b/, /key mismatch/i],
      means: mismatched('made-with-another-key'),
    },
    {
      id: 'mozilla-token',
      statuses: only(401),
      body: [/"errno"\s*:\s*109\b/],
      means: pauses('token-refused'),
    },
    {
      id: 'mozilla-topic',
      statuses: only(400),
      body: [/"errno"\s*:\s*113\b/],
      means: pauses('topic-refused'),
    },
    {
      id: 'mozilla-headers',
      statuses: only(400),
      body: [/"errno"\s*:\s*(?:108|110|111|114)\b/],
      means: pauses('header-refused'),
    },
    {
      id: 'mozilla-bridge-or-store',
      statuses: only(502, 503),
      means: retry('service-unavailable'),
    },
  ],
  judgesContact: false,
  hasTrustedClock: true,
  usualShare: 15,
};
