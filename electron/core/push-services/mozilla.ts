import { only, retry } from '../diagnosis/answer-rules.ts';
import { USUAL_LIMITS, type NamedPushService } from './descriptor.ts';
import { mozillaDialect } from './dialects/mozilla.ts';

export const mozilla: NamedPushService = {
  name: 'Mozilla',
  nameInSentence: 'Mozilla',
  browsers: 'Firefox',
  usualBrowser: 'Firefox',
  isAt: (host) => host.endsWith('.push.services.mozilla.com'),
  limits: USUAL_LIMITS,
  headers: () => [],
  // Its words are recognised at any host: AUTOPUSH_RULES.
  answerRules: [
    { id: 'mozilla-bridge-or-store', statuses: only(502, 503), means: retry('service-unavailable') },
  ],
  judgesContact: false,
  hasTrustedClock: true,
  whyNotShown: [
    'On a computer, Firefox only receives messages while it is running.',
    'On Linux, the desktop’s notification service must be running.',
  ],
  usualShare: 15,
  dialect: mozillaDialect,
};
