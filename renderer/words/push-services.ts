import {
  IconBrandApple,
  IconBrandFirefox,
  IconBrandGoogle,
  IconBrandWindows,
  IconServer,
  type Icon,
} from '@tabler/icons-react';
import { pushServiceSchema, type PushServiceId } from '../../electron/contract/push-service.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';

/** The name of a push service in the middle of a sentence. */
export const pushServiceInSentence = (service: PushServiceId): string =>
  service === 'other' ? 'another push service' : PUSH_SERVICES[service].name;

const withoutBrand: Partial<Record<PushServiceId, Icon>> = Object.fromEntries(
  pushServiceSchema.options.map((id) => [id, IconServer]),
);

/** The brand of each push service, or a server where there is none to show. */
export const PUSH_SERVICE_ICONS: Readonly<Record<PushServiceId, Icon>> = {
  ...(withoutBrand as Record<PushServiceId, Icon>),
  fcm: IconBrandGoogle,
  mozilla: IconBrandFirefox,
  apple: IconBrandApple,
  wns: IconBrandWindows,
};
