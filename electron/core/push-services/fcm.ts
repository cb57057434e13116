import { gone, mismatched, only, pauses } from '../diagnosis/answer-rules.ts';
import { DAY_SECONDS, USUAL_LIMITS, type PushService } from './descriptor.ts';

export const fcm: PushService = {
  name: 'Google (FCM)',
  nameInSentence: 'Google (FCM)',
  browsers: 'Chrome, Brave, Opera, Samsung Internet',
  usualBrowser: 'Chrome',
  isAt: (host) => host === 'fcm.googleapis.com' || host === 'android.googleapis.com',
  limits: { ...USUAL_LIMITS, maxTtlSeconds: 28 * DAY_SECONDS },
  headers: () => [],
  answerRules: [
    {
      id: 'fcm-key-mismatch',
      statuses: only(401, 403),
      body: [/do not correspond to the credentials used to create the subscription/i],
      means: mismatched('made-with-another-key'),
    },
    {
      id: 'fcm-token',
      statuses: only(403),
      body: [/invalid JWT provided|\baud\b[^]{0,40}claim|claim[^]{0,40}\baud\b/i],
      means: pauses('token-refused'),
    },
    { id: 'fcm-401', statuses: only(401), means: pauses('token-refused') },
    {
      id: 'fcm-unauthorized-registration',
      statuses: only(400),
      body: [/UnauthorizedRegistration/i],
      means: pauses('registration-refused'),
    },
    {
      id: 'fcm-unsubscribed',
      statuses: only(404, 410),
      body: [/push subscription has unsubscribed or expired/i],
      means: gone('subscription-gone'),
    },
  ],
  judgesContact: false,
  hasTrustedClock: true,
  usualShare: 65,
};
