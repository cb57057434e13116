import { apple } from './apple.ts';
import type { NamedPushService, PushService } from './descriptor.ts';
import type { DialectName } from './dialects/dialect.ts';
import { fcm } from './fcm.ts';
import { mozilla } from './mozilla.ts';
import { other } from './other.ts';
import { wns } from './wns.ts';

/** Every push service, in the order in which a host is tried: `other` takes the rest. */
export const PUSH_SERVICES: Readonly<Record<DialectName, NamedPushService> & Record<'other', PushService>> = {
  fcm,
  mozilla,
  apple,
  wns,
  other,
};
