import {
  IconBrandApple,
  IconBrandFirefox,
  IconBrandGoogle,
  IconBrandWindows,
  IconServer,
  type Icon,
} from '@tabler/icons-react';
import type { PushServiceId } from '../../electron/contract/push-service.ts';

/** What people call the push services. */
export const PUSH_SERVICE_NAMES: Record<PushServiceId, string> = {
  fcm: 'Google (FCM)',
  mozilla: 'Mozilla',
  apple: 'Apple',
  wns: 'Windows (WNS)',
  other: 'Other',
};

/** The name of a push service in the middle of a sentence. */
export const pushServiceInSentence = (service: PushServiceId): string =>
  service === 'other' ? 'another push service' : PUSH_SERVICE_NAMES[service];

/** Which browsers live at each service, for a line of explanation. */
export const PUSH_SERVICE_BROWSERS: Record<PushServiceId, string> = {
  fcm: 'Chrome, Brave, Opera, Samsung Internet',
  mozilla: 'Firefox',
  apple: 'Safari on Mac, iPhone and iPad',
  wns: 'Edge on Windows',
  other: 'A push service Pushdesk doesn’t recognize',
};

export const PUSH_SERVICE_ICONS: Record<PushServiceId, Icon> = {
  fcm: IconBrandGoogle,
  mozilla: IconBrandFirefox,
  apple: IconBrandApple,
  wns: IconBrandWindows,
  other: IconServer,
};
