import {
  IconBrandApple,
  IconBrandFirefox,
  IconBrandGoogle,
  IconBrandWindows,
  IconServer,
  type Icon,
} from '@tabler/icons-react';
import type { PushServiceId } from '../../electron/contract/push-service.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';

/** The name of a push service in the middle of a sentence. */
export const pushServiceInSentence = (service: PushServiceId): string =>
  service === 'other' ? 'another push service' : PUSH_SERVICES[service].name;

export const PUSH_SERVICE_ICONS: Record<PushServiceId, Icon> = {
  fcm: IconBrandGoogle,
  mozilla: IconBrandFirefox,
  apple: IconBrandApple,
  wns: IconBrandWindows,
  other: IconServer,
};
