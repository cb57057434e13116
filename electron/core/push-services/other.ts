import { USUAL_LIMITS, type PushService } from './descriptor.ts';
import { mozilla } from './mozilla.ts';

/**
 * Every push service that is not known by name. Those that people host themselves are built on Mozilla's software and use its error
 * numbers.
 */
export const other: PushService = {
  name: 'Other',
  nameInSentence: 'the push service',
  browsers: 'A push service Pushdesk doesn’t recognize',
  usualBrowser: null,
  isAt: () => true,
  limits: USUAL_LIMITS,
  headers: () => [],
  answerRules: mozilla.answerRules,
  judgesContact: false,
  hasTrustedClock: false,
  usualShare: 0,
};
