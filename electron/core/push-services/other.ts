import { AUTOPUSH_RULES, UNKNOWN_HOST_RULES, saysWords, WORD_RULES } from '../diagnosis/answer-rules.ts';
import { USUAL_LIMITS, type PushService } from './descriptor.ts';
import { apple } from './apple.ts';
import { fcm } from './fcm.ts';
import { wns } from './wns.ts';

/**
 * Every push service that is not recognised by its host. It may be any of the others under another name, so the words of all of them count;
 * what only one of them means by a status does not.
 */
export const other: PushService = {
  name: 'Other',
  nameInSentence: 'the push service',
  browsers: 'A push service Pushdesk doesn’t recognize',
  usualBrowser: null,
  isAt: () => true,
  limits: USUAL_LIMITS,
  headers: () => [],
  answerRules: [
    ...AUTOPUSH_RULES,
    ...[fcm, apple, wns].flatMap(({ answerRules }) =>
      answerRules.filter((rule) => saysWords(rule) && rule.onlyAtItsOwnHost !== true),
    ),
    ...WORD_RULES,
    ...UNKNOWN_HOST_RULES,
  ],
  judgesContact: false,
  hasTrustedClock: false,
  whyNotShown: [],
  usualShare: 0,
};
